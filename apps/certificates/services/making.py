"""From a frozen statement to a sealed PDF. Reads, draws and signs; writes nothing."""

from datetime import datetime

from apps.associations.enums import NATIONAL_CODE
from apps.associations.selectors import national_body
from apps.certificates.models import Certificate
from apps.certificates.selectors.statements import Statement
from apps.certificates.services.page import SealBody, render_certificate, seal_boxes
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.sealing import Seal, seal_pdf
from apps.core.errors import PortalError
from apps.documents.services import read_file
from apps.people.selectors import get_person


class StatementOutdated(PortalError):
    """The person's photo has changed since the statement was frozen; asking again freezes a new one."""

    code = "statement_outdated"


def make_sealed_pdf(certificate: Certificate, *, now: datetime) -> bytes:
    """Raises MissingGlyphs, SealKeyMissing, SpecimenKeyRefused: each says what an operator has to do."""
    statement = Statement(**certificate.statement)
    bodies = sealing_bodies(statement)
    keys = [seal_key(body.code) for body in bodies]
    specimen = any(key.is_specimen for key in keys)
    pdf = render_certificate(statement, _photo(certificate, statement), bodies, specimen=specimen)
    seals = [Seal(key, box, _reason(statement)) for key, box in zip(keys, seal_boxes(len(bodies)), strict=True)]
    return seal_pdf(pdf, seals, now=now)


def sealing_bodies(statement: Statement) -> list[SealBody]:
    """The home association first, then the national body; members of the national body have its seal alone."""
    home = SealBody(statement.association_code, statement.association_name, statement.association_english_name)
    if home.code == NATIONAL_CODE:
        return [home]
    national = national_body()
    return [home, SealBody(national.code, national.name, national.english_name)]


def _reason(statement: Statement) -> str:
    """Shown by PDF readers beside the seal. The code is on the page anyway; nothing personal is added."""
    return f"电子会员证 {statement.code}"


def _photo(certificate: Certificate, statement: Statement) -> bytes:
    photo = get_person(certificate.membership.person_id).photo
    if photo is None or photo.sha256 != statement.photo_sha256:
        raise StatementOutdated
    return read_file(photo)
