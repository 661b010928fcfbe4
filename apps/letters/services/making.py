"""From a frozen statement to a sealed PDF. Reads, draws and signs; writes nothing."""

from datetime import datetime

from apps.associations.enums import NATIONAL_CODE
from apps.certificates.enums import Document
from apps.certificates.services.seal_documents import seal
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.sealing import SealedPdf
from apps.letters.models import Letter
from apps.letters.selectors.statement import Statement
from apps.letters.services.page import render_letter, seal_box


def make_sealed_letter(letter: Letter, *, now: datetime) -> SealedPdf:
    """Raises MissingGlyphs, SealKeyMissing, SpecimenKeyRefused: each says what an operator has to do."""
    statement = Statement(**letter.statement)
    pdf = render_letter(statement, specimen=seal_key(NATIONAL_CODE).is_specimen)
    return seal(pdf, [(NATIONAL_CODE, seal_box())], purpose=Document.LETTER, reason=_reason(statement), now=now)


def _reason(statement: Statement) -> str:
    """Shown by PDF readers beside the seal. The code is on the page anyway; nothing personal is added."""
    return f"{statement.title} {statement.code}"
