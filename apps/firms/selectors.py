import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError
from apps.firms.models import Firm


class FirmCodeRefused(PortalError):
    code = "firm_code_refused"
    message = _(
        "会计师事务所编号应为 8 位数字（分所为 12 位），例如 33000012。请核对；如在 Excel 中丢失了开头的 0，请补上。"
    )


def read_firm_code(text: str) -> str:
    """The code without spaces and full-width digits. Raises FirmCodeRefused."""
    code = "".join(unicodedata.normalize("NFKC", text).split())
    if not re.fullmatch(r"\d{8}(\d{4})?", code, re.ASCII):
        raise FirmCodeRefused
    return code


def normalise_firm_name(text: str) -> str:
    """Full-width brackets and no spaces, as the firms' licences print it: 某某会计师事务所（特殊普通合伙）."""
    name = "".join(unicodedata.normalize("NFKC", text).split()) if not text.isascii() else " ".join(text.split())
    return name if text.isascii() else name.replace("(", "（").replace(")", "）")


def get_firm(code: str) -> Firm:
    """Raises Firm.DoesNotExist."""
    return Firm.objects.get(code=code)
