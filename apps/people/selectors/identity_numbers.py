"""Numbers of identity documents: their shapes, their checks, what they say (domain.md, 3.1)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from idnumbers.nationalid.CHN import ResidentID

from apps.core.encryption import blind_index
from apps.core.errors import PortalError
from apps.people.enums import IdentityType, Sex

REGIONS = frozenset(
    str(code)
    for code in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71)
)
PERMIT_REGIONS = ("810000", "820000", "830000")

SHAPES = {
    IdentityType.RESIDENT_ID: r"\d{17}[\dX]",
    IdentityType.RESIDENCE_PERMIT_HMT: r"(81|82|83)0000\d{11}[\dX]",
    IdentityType.HK_MACAU_PERMIT: r"[HM]\d{8}(\d{2})?",
    IdentityType.TAIWAN_PERMIT: r"\d{8}|\d{10}[A-Z]?",
    IdentityType.FOREIGN_PR: r"9\d{16}[\dX]|[A-Z]{3}\d{12}",
    IdentityType.PASSPORT: r"[A-Z0-9]{5,20}",
    IdentityType.OTHER: r".{3,40}",
}
EXAMPLES = {
    IdentityType.RESIDENT_ID: _("请填写 18 位公民身份号码，例如 11010519491231002X。"),
    IdentityType.RESIDENCE_PERMIT_HMT: _("请填写居住证上以 810000、820000 或 830000 开头的 18 位号码。"),
    IdentityType.HK_MACAU_PERMIT: _("请填写 H 或 M 加 8 位数字（可再加 2 位换证次数），例如 H12345678。"),
    IdentityType.TAIWAN_PERMIT: _("请填写 8 位数字，例如 12345678；旧证为 10 位数字，可再加一个字母。"),
    IdentityType.FOREIGN_PR: _("请填写以 9 开头的 18 位号码；旧证为 3 个字母加 12 位数字，例如 USA110019850101。"),
    IdentityType.PASSPORT: _("请填写 5 至 20 位字母和数字，例如 E12345678。"),
    IdentityType.OTHER: _("请按证件填写 3 至 40 个字的号码。"),
}
_BY_CHECKSUM = {IdentityType.RESIDENT_ID, IdentityType.RESIDENCE_PERMIT_HMT}
_OVERSEAS = {*IdentityType} - {IdentityType.RESIDENT_ID, IdentityType.OTHER}
_IGNORED = re.compile(r"[\s\-‐‑‒–—−()]")


class IdentityNumberRefused(PortalError):
    """The number cannot be one of this type. The message says how to mend it."""

    code = "identity_number_refused"


@dataclass(frozen=True)
class IdentityReading:
    number: str
    birth_on: date | None = None
    sex: Sex | None = None
    warnings: tuple[str, ...] = ()
    """Sentences about what is odd but no reason to refuse."""


def normalise_identity_number(text: str) -> str:
    """Upper case, half width, without spaces, hyphens and brackets."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).upper())


def is_overseas(type: str) -> bool:
    """Whether holders of this document belong to the national body (Hong Kong, Macau, Taiwan, foreigners)."""
    return type in _OVERSEAS


def read_identity_number(type: str, number: str, *, today: date, former: bool = False) -> IdentityReading:
    """What the number says. Raises IdentityNumberRefused; an unknown region only warns.

    `former`: the number of a document no longer in use; only there the old 15 digits are taken.
    """
    number = normalise_identity_number(number)
    if type == IdentityType.RESIDENT_ID and re.fullmatch(r"\d{15}", number, re.ASCII):
        return _read_old_resident_id(number, today=today, former=former)
    _refuse_number_of_other_type(type, number)
    if not re.fullmatch(SHAPES[type], number, re.ASCII):
        raise IdentityNumberRefused(
            _("%(type)s号码的格式不对。%(example)s") % {"type": IdentityType(type).label, "example": EXAMPLES[type]}
        )
    if type in _BY_CHECKSUM:
        return _read_checked(number, today=today, says_sex=True)
    if type == IdentityType.FOREIGN_PR and len(number) == 18:
        return _read_checked(number, today=today, says_sex=False)
    return IdentityReading(number)


def identity_index(type: str, number: str) -> str:
    """Equal for all forms of one number: 15 and 18 digits, a permit with and without its count of issues."""
    number = normalise_identity_number(number)
    if type == IdentityType.RESIDENT_ID and re.fullmatch(r"\d{15}", number, re.ASCII):
        number = _as_18_digits(number)
    if type == IdentityType.HK_MACAU_PERMIT:
        number = number[:9]
    return blind_index("people.identity", f"{type}\0{number}")


def _read_checked(number: str, *, today: date, says_sex: bool) -> IdentityReading:
    born = _birth_date(number[6:14])
    if born is None:
        raise IdentityNumberRefused(
            _("号码第 7 至 14 位应为出生日期，但“%(digits)s”不是一个日期。请对照证件核对。") % {"digits": number[6:14]}
        )
    parsed = ResidentID.parse(number)
    if parsed is None:
        raise IdentityNumberRefused(_("号码的最后一位与前 17 位对不上，可能有一位填错了。请对照证件逐位核对。"))
    _refuse_future_birth(born, today)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdentityReading(number, born, sex if says_sex else None, _region_warnings(number))


def _read_old_resident_id(number: str, *, today: date, former: bool) -> IdentityReading:
    if not former:
        raise IdentityNumberRefused(
            _("15 位的旧身份证号码已于 2013 年停用。请填写现在证件上的 18 位号码，例如 11010519491231002X。")
        )
    born = _birth_date(f"19{number[6:12]}")
    if born is None:
        raise IdentityNumberRefused(_("旧号码第 7 至 12 位应为出生年月日，例如 491231。请对照证件核对。"))
    _refuse_future_birth(born, today)
    return IdentityReading(number, born, Sex.MALE if int(number[14]) % 2 else Sex.FEMALE, _region_warnings(number))


def _refuse_number_of_other_type(type: str, number: str) -> None:
    if type == IdentityType.RESIDENT_ID and number.startswith(PERMIT_REGIONS):
        raise IdentityNumberRefused(
            _("这是港澳台居民居住证的号码。请把证件类型改为“%(type)s”。")
            % {"type": IdentityType.RESIDENCE_PERMIT_HMT.label}
        )
    if type == IdentityType.RESIDENT_ID and number.startswith("9") and re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise IdentityNumberRefused(
            _("这是外国人永久居留身份证的号码。请把证件类型改为“%(type)s”。") % {"type": IdentityType.FOREIGN_PR.label}
        )


def _refuse_future_birth(born: date, today: date) -> None:
    if born > today:
        raise IdentityNumberRefused(
            _("号码中的出生日期 %(date)s 在今天之后。请对照证件核对第 7 至 14 位。") % {"date": born.isoformat()}
        )


def with_check_digit(seventeen: str) -> str:
    """The 18 characters of a number of which 17 digits are known (GB 11643-1999: ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(seventeen))
    return seventeen + "10X98765432"[total % 11]


def _region_warnings(number: str) -> tuple[str, ...]:
    """Boundaries change, so an unknown region is no reason to refuse."""
    if number[:2] in REGIONS or number.startswith((*PERMIT_REGIONS, "9")):
        return ()
    return (
        _("号码开头的地区代码“%(code)s”不在现行表中，请再核对一次；如与证件一致，可以继续。") % {"code": number[:6]},
    )


def _birth_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _as_18_digits(old: str) -> str:
    """The number that replaced an old one of 15 digits: the century put in, a check character added."""
    return with_check_digit(f"{old[:6]}19{old[6:]}")
