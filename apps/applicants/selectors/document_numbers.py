"""批复文号: the number of the document by which the national body admits (domain.md, section 3)."""

import re

from django.utils.translation import gettext_lazy as _

DOCUMENT_NUMBER = re.compile(r"[一-鿿]{2,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")
_BRACKETS = str.maketrans("[［【(（〈]］】)）〉", "〔〔〔〔〔〔〕〕〕〕〕〕")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def normalise_document_number(text: str) -> str:
    """As it is printed: `会协[2026] 12号` becomes `会协〔2026〕12号`."""
    return "".join(text.translate(_BRACKETS).translate(_DIGITS).split())


def missing_in_document_number(number: str, *, year: int) -> list:
    """Why a normalised number cannot be one; nothing where it can."""
    if not DOCUMENT_NUMBER.fullmatch(number):
        return [_("请填写批复文号，例如：会协〔%(year)s〕12号。") % {"year": year}]
    if int(number.split("〔")[1][:4]) > year:
        return [_("文号的年份还没有到，请核对，例如：会协〔%(year)s〕12号。") % {"year": year}]
    return []
