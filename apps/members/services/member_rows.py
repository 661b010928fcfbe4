"""One row of a file of practising members: what it must hold, and whether the register says otherwise."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import all_associations
from apps.core.errors import PortalError
from apps.firms.selectors import read_firm_code
from apps.imports.services import RowProblem
from apps.members.enums import MemberKind
from apps.members.models import Membership
from apps.members.selectors import (
    has_membership_after,
    membership_by_number,
    membership_state,
    normalise_member_number,
)
from apps.members.services.admission import AlreadyMember, NumberTaken
from apps.people.enums import IdentityType, Sex
from apps.people.selectors import name_index, person_by_identity, read_identity_number, read_name


class RegisteredOtherwise(PortalError):
    code = "registered_otherwise"
    message = _(
        "此人已在册，但姓名、事务所、协会或注册日期与文件不同。导入不改动已有记录："
        "请核对文件；转所、转会、更名请办理相应手续。"
    )


@dataclass(frozen=True)
class MemberRow:
    """One practising member as a file states them, read and normalised."""

    firm_code: str
    firm_name: str
    association_code: str
    name: str
    sex: str
    identity_type: str
    identity_number: str
    country: str
    birth_on: date | None
    number: str
    admitted_on: date


def refuse_if_registered_otherwise(known: Membership, row: MemberRow) -> None:
    """A file never changes what is registered: it may only say the same."""
    if person_by_identity(row.identity_type, row.identity_number, row.country) != known.person:
        raise NumberTaken
    state = membership_state(known, on=date.max)
    same = (
        known.person.name_index == name_index(row.name),
        known.admitted_on == row.admitted_on,
        state.association_id == row.association_code,
        (state.firm.code if state.firm else "") == row.firm_code,
    )
    if not all(same):
        raise RegisteredOtherwise


class MemberRowReader:
    """Reads the cells of one row; what cannot be is a problem of its column."""

    def __init__(self, values: dict, context: dict, today: date, *, asks_register: bool = True):
        self.values, self.context, self.today = values, context, today
        self.problems: list[RowProblem] = []
        self.name = self._cell("name", read_name)
        self.sex = self._cell("sex", _read_sex)
        self.identity_type = self._cell("identity_type", _read_identity_type)
        self.number = self._cell("number", _read_number)
        self.admitted_on = self._cell("admitted_on", self._read_day)
        self.association_code = self._cell("association", self._read_association)
        self.firm_code = self._cell("firm_code", read_firm_code) if values["firm_code"] else ""
        self.country = self._cell("country", self._read_country)
        self.identity = self._cell("identity_number", self._read_identity) if self.identity_type else None
        self._compare_cells()
        if not self.problems:
            self._compare_with_file()
            if asks_register:
                self._compare_with_register()

    def row(self) -> MemberRow:
        return MemberRow(
            firm_code=self.firm_code,
            firm_name=self.values["firm_name"],
            association_code=self.association_code,
            name=self.name,
            sex=self.sex,
            identity_type=self.identity_type,
            identity_number=self.identity.number,
            country=self.country,
            birth_on=self.identity.birth_on,
            number=self.number,
            admitted_on=self.admitted_on,
        )

    def _cell(self, column: str, read):
        try:
            return read(self.values[column])
        except PortalError as error:
            self.problems.append(RowProblem(column, str(error)))
            return None

    def _read_day(self, day: date) -> date:
        if day > self.today:
            raise PortalError(_("注册日期在今天之后。请核对，例如 2010-06-30。"))
        return day

    def _read_association(self, text: str) -> str:
        if "associations" not in self.context:
            self.context["associations"] = {
                key: association.code
                for association in all_associations()
                for key in (association.code, association.name, association.short_name, association.english_name)
            }
        code = self.context["associations"].get(text.strip())
        if code is None:
            raise PortalError(_("没有这个协会。请填写 6 位代码或全称，例如 330000 或 浙江省注册会计师协会。"))
        return code

    def _read_country(self, text: str) -> str:
        """Empty where the document itself says who issued it."""
        if self.identity_type not in {IdentityType.PASSPORT, IdentityType.OTHER}:
            return ""
        country = text.strip().upper()
        if not re.fullmatch("[A-Z]{3}", country) and (country or self.identity_type == IdentityType.PASSPORT):
            raise PortalError(_("护照须在“签发国家”一栏填写三个字母的国家代码，例如 USA。"))
        return country

    def _read_identity(self, number: str):
        return read_identity_number(self.identity_type, number, today=self.today)

    def _compare_cells(self) -> None:
        if self.identity and self.identity.sex and self.sex and self.identity.sex != self.sex:
            self.problems.append(RowProblem("sex", str(_("性别与证件号码不一致。请核对这两栏。"))))
        if bool(self.values["firm_code"]) != bool(self.values["firm_name"]):
            self.problems.append(RowProblem("firm_code", str(_("事务所编号和名称须同时填写，或同时留空。"))))

    @property
    def _person(self) -> tuple[str, str, str]:
        return (self.identity_type, self.identity.number, self.country)

    def _compare_with_file(self) -> None:
        for column, key in (("number", self.number), ("identity_number", self._person)):
            if key in self.context.setdefault(column, set()):
                self.problems.append(RowProblem(column, str(_("与文件中前面的一行重复。请只保留一行。"))))
            self.context[column].add(key)

    def _compare_with_register(self) -> None:
        try:
            self._refuse_if_registered(person_by_identity(*self._person))
        except PortalError as error:
            self.problems.append(RowProblem("number", str(error)))

    def _refuse_if_registered(self, person) -> None:
        known = membership_by_number(MemberKind.PRACTISING, self.number)
        if known:
            refuse_if_registered_otherwise(known, self.row())
        elif person and has_membership_after(person.pk, self.admitted_on):
            raise AlreadyMember


def _read_sex(text: str) -> str:
    words = {"男": Sex.MALE, "女": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE, "m": Sex.MALE, "f": Sex.FEMALE}
    if text.lower() not in words:
        raise PortalError(_("性别请填写“男”或“女”。"))
    return words[text.lower()]


_IDENTITY_WORDS = {"身份证": IdentityType.RESIDENT_ID, "通行证": IdentityType.HK_MACAU_PERMIT}
_IDENTITY_WORDS |= {"台胞证": IdentityType.TAIWAN_PERMIT, "居住证": IdentityType.RESIDENCE_PERMIT_HMT}


@cache
def _identity_words() -> dict[str, IdentityType]:
    words = {type.value: type for type in IdentityType} | _IDENTITY_WORDS
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {str(type.label).lower(): type for type in IdentityType}
    return words


def _read_identity_type(text: str) -> str:
    """By code, by its name in any language of the portal, or by the usual short Chinese one."""
    if known := _identity_words().get(text.lower()):
        return known
    names = "、".join(str(type.label) for type in IdentityType)
    raise PortalError(_("没有这种证件类型。可填写：%(names)s。") % {"names": names})


def _read_number(text: str) -> str:
    number = normalise_member_number(text)
    if not re.fullmatch(r"\d{6}|\d{12}", number, re.ASCII):
        raise PortalError(_("证书编号应为 12 位数字（早期证书为 6 位），例如 330000120001。请核对是否丢失了开头的 0。"))
    return number
