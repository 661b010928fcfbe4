"""From a frozen statement to a sealed PDF. Reads, draws and signs; writes nothing."""

import logging
from datetime import datetime

from django.conf import settings

from apps.associations.enums import NATIONAL_CODE
from apps.associations.selectors import national_body
from apps.certificates.enums import Document
from apps.certificates.models import Certificate
from apps.certificates.selectors.statements import Statement
from apps.certificates.services.one_pass import NotCovered, seal_in_one_pass
from apps.certificates.services.page import SealBody, refuse_missing_glyphs, render_certificate, seal_boxes
from apps.certificates.services.seal_documents import seal_while_making
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.sealing import Seal, SealedPdf, seal_pdf
from apps.certificates.services.stamping import Stamper
from apps.core.clock import civil_date
from apps.core.errors import PortalError
from apps.documents.services import read_file
from apps.people.selectors import get_person
from apps.rules.selectors import rule_value

logger = logging.getLogger(__name__)


class StatementOutdated(PortalError):
    """The person's photo has changed since the statement was frozen; asking again freezes a new one."""

    code = "statement_outdated"


def make_sealed_pdf(certificate: Certificate, *, now: datetime, national=None) -> SealedPdf:
    """Raises MissingGlyphs, SealKeyMissing, SpecimenKeyRefused: each says what an operator has to do.

    `national`, the national body, spares its query where many are made.
    """
    statement = Statement(**certificate.statement)
    bodies = sealing_bodies(statement, national)
    refuse_missing_glyphs(statement, bodies)
    specimen = any(seal_key(body.code).is_specimen for body in bodies)
    photo = _photo(certificate, statement)
    places = zip([body.code for body in bodies], seal_boxes(len(bodies)), strict=True)

    def make(seals: list[Seal], stamper: Stamper | None) -> bytes:
        return _made(statement, photo, bodies, seals, specimen=specimen, now=now, stamper=stamper)

    return seal_while_making(
        make, _in_order(list(places), now), purpose=Document.CERTIFICATE, reason=_reason(statement), now=now
    )


def seal_plainly(statement: Statement, photo: bytes, bodies, seals, *, specimen: bool, now, stamper=None) -> bytes:
    """The page by WeasyPrint, the seals by pyHanko: the reference, and the way for whatever the fast one leaves."""
    return seal_pdf(render_certificate(statement, photo, bodies, specimen=specimen), seals, now=now, stamper=stamper)


def _made(*said, **how) -> bytes:
    if not settings.CERTIFICATES_IN_ONE_PASS:
        return seal_plainly(*said, **how)
    try:
        return seal_in_one_pass(*said, **how)
    except NotCovered as reason:
        logger.info("a certificate is made the plain way: %s", reason)
        return seal_plainly(*said, **how)


def sealing_bodies(statement: Statement, national=None) -> list[SealBody]:
    """The home association first, then the national body; members of the national body have its seal alone."""
    home = SealBody(statement.association_code, statement.association_name, statement.association_english_name)
    if home.code == NATIONAL_CODE:
        return [home]
    national = national or national_body()
    return [home, SealBody(national.code, national.name, national.english_name)]


def _in_order(places: list, now: datetime) -> list:
    """Where each seal stands is fixed; which of two is set first, and so certifies the page, is a rule."""
    national_first = rule_value("seal.order", on=civil_date(now)) == "national_first"
    return places[::-1] if national_first else places


def _reason(statement: Statement) -> str:
    """Shown by PDF readers beside the seal. The code is on the page anyway; nothing personal is added."""
    return f"电子会员证 {statement.code}"


def _photo(certificate: Certificate, statement: Statement) -> bytes:
    person = certificate.membership.person
    photo = (get_person(person.pk) if person.merged_into_id else person).photo
    if photo is None or photo.sha256 != statement.photo_sha256:
        raise StatementOutdated
    return read_file(photo)
