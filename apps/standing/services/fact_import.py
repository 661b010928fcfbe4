"""Recorded facts from a file: what each column means, what is wrong with a line, and how it is written."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.imports.services import Column, RowHandler, RowProblem, row_handler
from apps.people.selectors import read_name
from apps.standing.selectors.reading import problems_in_days, read_ground, read_identity_type, read_number
from apps.standing.services.facts import FactEntry, record_facts

LONGEST_DOCUMENT, LONGEST_SOURCE = 120, 200


@row_handler
class FactRows(RowHandler):
    kind = "facts"
    title = gettext_lazy("不予登记情形记录")
    permission = Permission.RECORD_FACTS
    rows_at_once = 200
    columns = (
        Column("ground", gettext_lazy("情形"), aliases=("事由", "Ground"), example="刑事处罚"),
        Column("name", gettext_lazy("姓名"), aliases=("Name",), example="王小明"),
        Column(
            "identity_type",
            gettext_lazy("证件类型"),
            aliases=("Identity document", "Identity type"),
            required=False,
            example="居民身份证",
        ),
        Column(
            "identity_number",
            gettext_lazy("证件号码"),
            aliases=("身份证号", "Identity number"),
            required=False,
            example="11010519491231002X",
        ),
        Column(
            "birth_on",
            gettext_lazy("出生日期"),
            aliases=("Birth date", "Date of birth"),
            required=False,
            kind="date",
            example="1949-12-31",
        ),
        Column(
            "decided_on",
            gettext_lazy("决定日期"),
            aliases=("判决日期", "Decided on", "Decision date"),
            kind="date",
            example="2021-06-10",
        ),
        Column(
            "completed_on",
            gettext_lazy("执行完毕日期"),
            aliases=("刑满日期", "Completed on", "Sentence served on"),
            required=False,
            kind="date",
            example="2023-06-09",
        ),
        Column("document", gettext_lazy("文书号"), aliases=("文号", "Document"), example="（2021）浙01刑初12号"),
        Column("source", gettext_lazy("来源"), aliases=("报送单位", "Source"), example="浙江省注册会计师协会"),
    )

    def check(self, values: dict, *, context: dict, today: date) -> FactEntry | list[RowProblem]:
        reading = _Reading(values, today)
        if not reading.problems:
            reading.compare_with_file(context)
        return reading.problems or reading.entry()

    def commit(self, parsed: FactEntry, *, actor: Actor, job, now: datetime) -> str:
        return self.commit_many([parsed], actor=actor, job=job, now=now)[0]

    def commit_many(self, parsed_rows: list[FactEntry], *, actor: Actor, job, now: datetime) -> list[str]:
        made = record_facts(actor=actor, entries=parsed_rows, import_job=job, now=now)
        return ["created" if row else "unchanged" for row in made]


class _Reading:
    """Reads the cells of one row; what cannot be is a problem of its column."""

    def __init__(self, values: dict, today: date):
        self.values, self.today = values, today
        self.problems: list[RowProblem] = []
        self.ground = self._cell("ground", read_ground)
        self.name = self._cell("name", read_name)
        self.document = self._cell("document", lambda text: _not_longer(text, LONGEST_DOCUMENT))
        self.source = self._cell("source", lambda text: _not_longer(text, LONGEST_SOURCE))
        self.identity_type = self._cell("identity_type", read_identity_type) if values["identity_type"] else ""
        self.identity = self._identity()
        self.birth_on = values["birth_on"] or (self.identity and self.identity.birth_on)
        self._days()

    def entry(self) -> FactEntry:
        return FactEntry(
            ground=self.ground,
            name=self.name,
            decided_on=self.values["decided_on"],
            document=self.document,
            source=self.source,
            identity_type=self.identity_type,
            identity_number=self.identity.number if self.identity else "",
            birth_on=self.birth_on or None,
            completed_on=self.values["completed_on"] or None,
        )

    def compare_with_file(self, context: dict) -> None:
        mark = (self.entry().mark, self.name)
        if mark in context.setdefault("marks", set()):
            self._problem("document", _("与文件中前面的一行重复。请只保留一行。"))
        context["marks"].add(mark)

    def _identity(self):
        if bool(self.values["identity_number"]) != bool(self.values["identity_type"]):
            self._problem("identity_number", _("证件类型和证件号码须同时填写，或同时留空。"))
        elif self.identity_type:
            return self._cell(
                "identity_number", lambda number: read_number(self.identity_type, number, today=self.today)
            )
        return None

    def _days(self) -> None:
        days = {"decided_on": self.values["decided_on"], "completed_on": self.values["completed_on"] or None}
        for problem in problems_in_days(self.ground, birth_on=self.birth_on or None, **days, today=self.today):
            self._problem(problem.column, problem.sentence)
        known = self.identity and self.identity.birth_on
        if known and self.birth_on != known:
            self._problem("birth_on", _("出生日期与证件号码不一致。请核对这两栏。"))

    def _cell(self, column: str, read):
        try:
            return read(self.values[column])
        except PortalError as error:
            self._problem(column, str(error))
            return None

    def _problem(self, column: str, sentence: str) -> None:
        self.problems.append(RowProblem(column, sentence))


def _not_longer(text: str, longest: int) -> str:
    if len(text) > longest:
        raise PortalError(_("最多 %(longest)s 个字，现有 %(length)s 个。") % {"longest": longest, "length": len(text)})
    return text
