"""How a firm is named and numbered."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError


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


class UsccRefused(PortalError):
    code = "uscc_refused"
    message = _("统一社会信用代码应为 18 位，且最后一位校验码相符，例如 91350100M000100Y43。请核对营业执照。")


USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def read_uscc(text: str) -> str:
    """The code in capitals, half width, without spaces. Raises UsccRefused where its check character is wrong.

    GB 32100-2015: the 18th character makes the weighted sum a multiple of 31.
    """
    code = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if len(code) != 18 or set(code) - set(USCC_ALPHABET):
        raise UsccRefused
    total = sum(USCC_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    if USCC_ALPHABET[-total % 31] != code[17]:
        raise UsccRefused
    return code
