"""What is recorded about members, from a file: checks, hours, dues, discipline; each row as the form takes it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.associations.selectors import actor_with_seats
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import PortalError
from apps.imports.services import Column, RowHandler, RowProblem, row_handler
from apps.members.selectors import membership_by_number, membership_state
from apps.people.selectors import normalise_name, person_id_of_user
from apps.standing.enums import MATTER_OF, YEARLY, Matter
from apps.standing.policies import can_record_about
from apps.standing.selectors.member_records import has_other_outcome, imported_records, same_record
from apps.standing.selectors.reading import EARLIEST, problems_in_record, read_member_kind, read_outcome
from apps.standing.services.member_records import (
    RecordedAlready,
    RecordEntry,
    record_about_member,
    withdraw_member_record,
)

LONGEST = {"document": 120, "source": 200}
MOST_HOURS = 1000


@dataclass(frozen=True)
class RecordRow:
    person_id: UUID
    association_code: str | None
    entry: RecordEntry


@row_handler
class MemberRecordRows(RowHandler):
    kind = "member_records"
    title = gettext_lazy("会员情况记录")
    permission = Permission.IMPORT_MEMBER_RECORDS
    wide_permission = Permission.RECORD_FACTS
    is_own = True
    can_undo = True
    columns = (
        Column("member_kind", gettext_lazy("会员类别"), aliases=("Member kind",), example="执业会员"),
        Column("number", gettext_lazy("会员编号"), aliases=("Member number", "证书编号"), example="330000120001"),
        Column("name", gettext_lazy("姓名"), aliases=("Name",), example="王小明"),
        Column("outcome", gettext_lazy("记录"), aliases=("事项", "Record"), example="年检通过"),
        Column("year", gettext_lazy("年度"), aliases=("Year",), required=False, example="2025"),
        Column("hours", gettext_lazy("学时"), aliases=("Hours",), required=False, example="40"),
        Column("decided_on", gettext_lazy("决定日期"), aliases=("Decided on",), kind="date", example="2026-04-20"),
        Column(
            "until_on",
            gettext_lazy("不再有效的日期"),
            aliases=("No longer in force on",),
            required=False,
            kind="date",
            example="2026-10-20",
        ),
        Column(
            "document", gettext_lazy("文书号"), aliases=("文号", "Document"), required=False, example="会协〔2026〕8号"
        ),
        Column("source", gettext_lazy("来源"), aliases=("报送单位", "Source"), example="浙江省注册会计师协会"),
    )

    def check(self, values: dict, *, context: dict, today: date) -> RecordRow | list[RowProblem]:
        if "actor" not in context:
            user_id = context["uploaded_by"]
            context["actor"] = replace(actor_with_seats(user_id, today), person_id=person_id_of_user(user_id))
        reading = _Reading(values, context, today)
        return reading.problems or reading.row()

    def recall(self, values: dict, *, context: dict, today: date) -> None:
        _Reading(values, context, today, asks_register=False)

    def commit(self, parsed: RecordRow, *, actor: Actor, job, now: datetime) -> str:
        if same_record(parsed.person_id, parsed.entry):
            return "unchanged"
        record_about_member(
            actor=actor,
            person_id=parsed.person_id,
            entry=parsed.entry,
            association_code=parsed.association_code,
            import_job=job,
            now=now,
        )
        return "created"

    def undo(self, values: dict, *, actor: Actor, job, now: datetime) -> None:
        """The record of this row stays to be read, as one that was withdrawn."""
        membership = membership_by_number(read_member_kind(values["member_kind"]), values["number"])
        if membership is None:
            return
        outcome, year = read_outcome(values["outcome"]), _number(values["year"])
        decided_on, association = date.fromisoformat(values["decided_on"]), _association(membership, civil_date(now))
        found = imported_records(job, membership.person_id).filter(outcome=outcome, decided_on=decided_on)
        for record in found.filter(year=year if MATTER_OF[outcome] in YEARLY else None, document=values["document"]):
            why = _("整批导入已撤回")
            withdraw_member_record(actor=actor, record_id=record.pk, why=why, association_code=association, now=now)


class _Reading:
    """Reads the cells of one row; what cannot be is a problem of its column."""

    def __init__(self, values: dict, context: dict, today: date, *, asks_register: bool = True):
        self.values, self.context, self.today = values, context, today
        self.problems: list[RowProblem] = []
        self.kind = self._cell("member_kind", read_member_kind)
        self.outcome = self._cell("outcome", read_outcome)
        self.year, self.hours = self._cell("year", _number), self._cell("hours", _hours)
        self._lengths()
        self._rest()
        self.membership = self.association = None
        if not self.problems:
            self._compare_with_file()
        if not self.problems and asks_register:
            self._find_member()

    def row(self) -> RecordRow:
        return RecordRow(self.membership.person_id, self.association, self.entry())

    def entry(self) -> RecordEntry:
        matter = MATTER_OF[self.outcome]
        return RecordEntry(
            matter=matter,
            outcome=self.outcome,
            decided_on=self.values["decided_on"],
            source=self.values["source"],
            year=self.year if matter in YEARLY else None,
            hours=self.hours if matter == Matter.CPE else None,
            until_on=self.values["until_on"] or None,
            document=self.values["document"] or "",
        )

    def _rest(self) -> None:
        decided_on = self.values["decided_on"]
        if decided_on and not EARLIEST <= decided_on <= self.today:
            self._problem("decided_on", _("决定日期应在 1980 年至今天之间，例如 2023-06-10。"))
        if self.outcome is None or self.problems:
            return
        said = self.values | {"year": self.year, "hours": self.hours}
        for problem in problems_in_record(MATTER_OF[self.outcome], said, today=self.today):
            self._problem(problem.column, problem.sentence)

    def _lengths(self) -> None:
        for column, longest in LONGEST.items():
            if len(self.values[column] or "") > longest:
                self._problem(column, _("最多 %(longest)s 个字。请缩短。") % {"longest": longest})

    def _compare_with_file(self) -> None:
        entry = self.entry()
        once = entry.year if entry.year is not None else (entry.outcome, entry.decided_on, entry.document)
        mark = (self.kind, self.values["number"].strip(), entry.matter, once)
        if mark in self.context.setdefault("marks", set()):
            self._problem("number", _("文件中前面已有这位会员同一事项的一行。请只保留一行。"))
        self.context["marks"].add(mark)

    def _find_member(self) -> None:
        membership = membership_by_number(self.kind, self.values["number"])
        if membership is None:
            self._problem("number", _("没有这个编号的会员。请核对会员类别和编号。"))
        elif normalise_name(self.values["name"]) != normalise_name(membership.person.name):
            self._problem("name", _("姓名与这个编号的会员不一致。请核对编号和姓名。"))
        else:
            self.membership, self.association = membership, _association(membership, self.today)
            self._ask_register()

    def _ask_register(self) -> None:
        entry, person_id = self.entry(), self.membership.person_id
        if not can_record_about(self.context["actor"], person_id, entry.matter, self.association):
            self._problem("number", _refusal(entry.matter))
        elif not same_record(person_id, entry) and has_other_outcome(person_id, entry):
            self._problem("outcome", str(RecordedAlready.message))

    def _cell(self, column: str, read):
        try:
            return read(self.values[column])
        except PortalError as error:
            self._problem(column, str(error))
            return None

    def _problem(self, column: str, sentence: str) -> None:
        self.problems.append(RowProblem(column, sentence))


def _refusal(matter: Matter) -> str:
    if matter not in YEARLY:
        return _("惩戒、处罚和程序由中注协登记。请把这一行交给中注协。")
    return _("不是本协会的会员，或者是您本人。请由会员所在的协会、由另一位工作人员导入。")


def _association(membership, on: date) -> str | None:
    return membership_state(membership, on=on).association_id


def _number(text: str) -> int | None:
    """A whole number; nothing where nothing stands."""
    text = (text or "").strip().removesuffix("年").removesuffix("年度").removesuffix(".0")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise PortalError(_("请填写整数，例如 2025 或 40。"))
    return int(text)


def _hours(text: str) -> int | None:
    hours = _number((text or "").strip().removesuffix("学时").removesuffix("小时"))
    if hours is not None and hours > MOST_HOURS:
        raise PortalError(_("请填写 0 至 1000 之间的整数，例如 40。"))
    return hours
