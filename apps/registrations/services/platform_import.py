"""The platform's results from a file (import kind "platform_results"): how a line is read and which case it is."""

import re
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.associations.selectors import actor_with_seats
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.firms.selectors import read_firm_code
from apps.imports.services import Column, RowHandler, RowProblem, row_handler
from apps.people.enums import IdentityType
from apps.people.selectors import identity_index, person_by_identity, read_identity_number, read_name
from apps.registrations.enums import OPEN_STATES, State
from apps.registrations.models import Registration
from apps.registrations.services.platform import Result, apply_result, misfit_of

ADMITTED_WORDS = frozenset({"准予注册", "准予", "通过", "admitted"})
REFUSED_WORDS = frozenset({"不予注册", "不予", "不通过", "refused"})


@row_handler
class PlatformResults(RowHandler):
    kind = "platform_results"
    title = gettext_lazy("监管平台的注册结果")
    permission = Permission.IMPORT_PLATFORM_RESULTS
    is_own = True
    columns = (
        Column(
            "reference", gettext_lazy("申请编号"), aliases=("Reference",), required=False, example="ZJ-2026-P7K4M-9Q"
        ),
        Column("name", gettext_lazy("姓名"), aliases=("Name",), example="王小明"),
        Column("identity_type", gettext_lazy("证件类型"), aliases=("Identity document",), example="居民身份证"),
        Column("identity_number", gettext_lazy("证件号码"), aliases=("Identity number",), example="11010519491231002X"),
        Column("firm_code", gettext_lazy("事务所编号"), aliases=("Firm code",), required=False, example="33000012"),
        Column("outcome", gettext_lazy("结果"), aliases=("Outcome",), example="准予注册"),
        Column(
            "number",
            gettext_lazy("注册会计师证书编号"),
            aliases=("证书编号", "CPA number"),
            required=False,
            example="330000120001",
        ),
        Column("decided_on", gettext_lazy("注册日期"), aliases=("决定日期", "Date"), kind="date", example="2026-03-25"),
        Column(
            "document_number",
            gettext_lazy("批准文号"),
            aliases=("文号", "批复文号", "Document number"),
            required=False,
            example="浙注协〔2026〕12号",
        ),
        Column("reason", gettext_lazy("不予注册的理由"), aliases=("理由", "Reason"), required=False),
    )

    def check(self, values: dict, *, context: dict, today: date) -> Result | list[RowProblem]:
        reader = _Reader(values, context, today)
        return reader.problems or reader.result()

    def difference(self, parsed: Result) -> str:
        """What fits no case, or not the case that it names, is kept for the reconciliation and ends nothing."""
        return str(misfit_of(parsed))

    def commit(self, parsed: Result, *, actor: Actor, job, now: datetime) -> str:
        return apply_result(parsed, actor=actor, job=job, now=now)


class _Reader:
    """Reads the cells of one line; what cannot be is a problem of its column."""

    def __init__(self, values: dict, context: dict, today: date):
        self.values, self.context, self.today = values, context, today
        self.problems: list[RowProblem] = []
        self.name = self._cell("name", read_name)
        self.identity_type = self._cell("identity_type", _read_identity_type)
        self.identity_number = self._cell("identity_number", self._read_identity) if self.identity_type else ""
        self.firm_code = self._cell("firm_code", read_firm_code) if values["firm_code"] else ""
        self.is_admitted = self._cell("outcome", _read_outcome)
        self.number = self._cell("number", self._read_number)
        self.decided_on = self._cell("decided_on", self._read_day)
        self.registration = None
        if not self.problems:
            self._find_case()

    def result(self) -> Result:
        return Result(
            reference=self.registration.reference if self.registration else "",
            name=self.name,
            identity_type=self.identity_type,
            identity_number=self.identity_number,
            firm_code=self.firm_code,
            is_admitted=self.is_admitted,
            number=self.number if self.is_admitted else "",
            decided_on=self.decided_on,
            document_number=self.values["document_number"].strip()[:60],
            reason=self.values["reason"].strip(),
            association_code=self.registration.association_id if self.registration else self.own_codes[0],
            registration_id=self.registration.pk if self.registration else None,
        )

    def _cell(self, column: str, read):
        try:
            return read(self.values[column])
        except PortalError as error:
            self.problems.append(RowProblem(column, str(error)))
            return ""

    @property
    def own_codes(self) -> list[str]:
        """The associations of whoever brought the file: nobody's file reaches another association's cases."""
        if "own_codes" not in self.context:
            user_id = self.context["uploaded_by"]
            actor = actor_with_seats(user_id, self.today)
            self.context["own_codes"] = sorted(association_scope(actor, Permission.IMPORT_PLATFORM_RESULTS))
        return self.context["own_codes"]

    def _find_case(self) -> None:
        """By reference; else the open case of the person with this document. Neither: kept for the reconciliation."""
        if not self.own_codes:
            self.problems.append(RowProblem("", _("您现在没有导入监管平台结果的席位。")))
            return
        rows = Registration.objects.filter(association_id__in=self.own_codes, filed_at__isnull=False)
        rows = rows.select_related("data_key", "firm")
        if reference := "".join(self.values["reference"].upper().split()):
            self.registration = rows.filter(reference=reference).first()
            if self.registration is None:
                sentence = _("本协会没有编号为 %(reference)s 的注册申请。请核对，或把这一格留空，按证件查找。")
                self.problems.append(RowProblem("reference", sentence % {"reference": reference}))
        elif person := person_by_identity(self.identity_type, self.identity_number):
            states = [*sorted(OPEN_STATES), State.ADMITTED, State.REFUSED]
            self.registration = rows.filter(person=person, state__in=states).order_by("-filed_at").first()
        self._compare_with_file()

    def _compare_with_file(self) -> None:
        keys = [("identity_number", identity_index(self.identity_type, self.identity_number)), ("number", self.number)]
        for column, key in keys:
            seen = self.context.setdefault(column, set())
            if key and key in seen:
                self.problems.append(RowProblem(column, _("与文件中前面的一行重复。请只保留一行。")))
            seen.add(key)

    def _read_identity(self, text: str) -> str:
        return read_identity_number(self.identity_type, text, today=self.today).number

    def _read_number(self, text: str) -> str:
        number = "".join(text.split())
        if self.is_admitted and not re.fullmatch(r"\d{12}", number, re.ASCII):
            raise PortalError(_("准予注册的，证书编号应为 12 位数字，例如 330000120001。请核对是否丢失了开头的 0。"))
        return number

    def _read_day(self, day: date) -> date:
        if day > self.today:
            raise PortalError(_("日期在今天之后。请核对，例如 2026-03-25。"))
        return day


def _read_outcome(text: str) -> bool:
    word = text.strip().lower()
    if word not in ADMITTED_WORDS | REFUSED_WORDS:
        raise PortalError(_("结果请填写“准予注册”或“不予注册”。"))
    return word in ADMITTED_WORDS


def _read_identity_type(text: str) -> str:
    """By code, or by its name in any language of the portal."""
    known = {kind.value: kind for kind in IdentityType} | {"身份证": IdentityType.RESIDENT_ID}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {str(kind.label).lower(): kind for kind in IdentityType}
    if kind := known.get(text.strip().lower()):
        return kind
    names = "、".join(str(kind.label) for kind in IdentityType)
    raise PortalError(_("没有这种证件类型。可填写：%(names)s。") % {"names": names})
