"""Pages of nobody, to read positions off."""

from apps.certificates.selectors.statements import Statement
from apps.certificates.services import page
from apps.certificates.services.qr import QUIET_ZONE

NOBODY = page.SealBody("", "", "")
CODE = "0123456789ABCDEFGHJKMNPQRS"


def specimen_page(name: str, alone: bool) -> tuple[bytes, dict[str, str], int]:
    """The printed words of a member called `name`; what they say, by field; the side of the code in modules."""
    statement = specimen_statement(name)
    context = page.member_context(statement, _grey_photo(), [NOBODY] * (1 if alone else 2))
    side = context["qr"]["side_with_margin"] - 2 * QUIET_ZONE
    return page.printed(context), words_of(statement), side


def specimen_statement(name: str) -> Statement:
    return Statement(
        code=CODE,
        name=name,
        sex="female",
        kind="practising",
        number="330000123456",
        admitted_on="2026-10-24",
        association_code="",
        association_name="",
        association_english_name="",
        photo_sha256="",
        issued_on="2026-11-25",
    )


def words_of(statement: Statement) -> dict[str, str]:
    """The words of a member on the page, by field."""
    words = page.words_of(statement)
    fields = ("sex", "english_sex", "number", "admitted_on", "english_admitted_on", "code", "issued_on")
    return {"name": statement.name} | {field: words[field] for field in fields}


def _grey_photo() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (178, 220), "#808080").save(out, "JPEG")
    return out.getvalue()
