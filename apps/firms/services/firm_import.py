"""The register of firms from a file (XLSX or CSV): head offices and branches, one a row."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.associations.selectors import all_associations
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError
from apps.firms.enums import FirmStatus
from apps.firms.models import Firm
from apps.firms.selectors import normalise_firm_name, read_firm_code, read_uscc
from apps.firms.services.register import register_firm
from apps.imports.services import Column, RowHandler, RowProblem, row_handler

FORMERLY_MANAGED_DIRECTLY = "10"
"""The first digits of firms that the Ministry once managed itself: they say no province."""
WORDS = {"在册": FirmStatus.OPEN, "正常": FirmStatus.OPEN, "open": FirmStatus.OPEN}
WORDS |= {
    "已终止": FirmStatus.CLOSED,
    "终止": FirmStatus.CLOSED,
    "注销": FirmStatus.CLOSED,
    "closed": FirmStatus.CLOSED,
}


@dataclass(frozen=True)
class FirmRow:
    code: str
    name: str
    uscc: str
    association_code: str
    status: str


@row_handler
class FirmRows(RowHandler):
    kind = "firms"
    title = gettext_lazy("会计师事务所")
    permission = Permission.IMPORT_FIRMS
    columns = (
        Column("code", gettext_lazy("事务所编号"), aliases=("执业证书编号", "Firm code"), example="33000012"),
        Column(
            "name",
            gettext_lazy("事务所名称"),
            aliases=("名称", "Firm", "Name"),
            example="杭州诚信会计师事务所（普通合伙）",
        ),
        Column(
            "uscc",
            gettext_lazy("统一社会信用代码"),
            aliases=("信用代码", "USCC"),
            required=False,
            example="91350100M000100Y43",
        ),
        Column(
            "association",
            gettext_lazy("所属协会"),
            aliases=("协会代码", "Association"),
            required=False,
            example="330000",
        ),
        Column("status", gettext_lazy("状态"), aliases=("Status",), required=False, example="在册"),
    )

    def check(self, values: dict, *, context: dict, today: date) -> FirmRow | list[RowProblem]:
        reader = _Reader(values, context)
        return reader.problems or reader.row()

    def difference(self, parsed: FirmRow) -> str:
        firm = Firm.objects.filter(code=parsed.code).first()
        return "" if firm is None else _said_otherwise(firm, parsed)

    def commit(self, parsed: FirmRow, *, actor: Actor, job, now: datetime) -> str:
        if not has_permission(actor, Permission.IMPORT_FIRMS):
            raise NotPermitted
        before = Firm.objects.filter(code=parsed.code).first()
        changes = before is not None and bool(_said_otherwise(before, parsed))
        register_firm(
            actor=actor,
            code=parsed.code,
            name=parsed.name,
            association_code=parsed.association_code,
            uscc=parsed.uscc,
            status=parsed.status,
            now=now,
        )
        return "created" if before is None else "updated" if changes else "unchanged"


def _said_otherwise(firm: Firm, row: FirmRow) -> str:
    pairs = [
        (_("名称"), firm.name, row.name),
        (_("所属协会"), firm.association_id, row.association_code),
        (_("统一社会信用代码"), firm.uscc, row.uscc or firm.uscc),
        (_("状态"), firm.status, row.status or firm.status),
    ]
    names = [label for label, old, new in pairs if old != new]
    return _("与已有记录不同：%(fields)s。") % {"fields": _("、").join(names)} if names else ""


class _Reader:
    """Reads the cells of one row; what cannot be is a problem of its column."""

    def __init__(self, values: dict, context: dict):
        self.values, self.context, self.problems = values, context, []
        self.code = self._cell("code", read_firm_code)
        self.name = self._cell("name", _read_name)
        self.uscc = self._cell("uscc", read_uscc) if values["uscc"] else ""
        self.association_code = self._cell("association", self._read_association) if self.code else ""
        self.status = self._cell("status", _read_status) if values["status"] else ""
        if not self.problems:
            self._compare_with_file()

    def row(self) -> FirmRow:
        return FirmRow(self.code, self.name, self.uscc, self.association_code, self.status)

    def _cell(self, column: str, read):
        try:
            return read(self.values[column])
        except PortalError as error:
            self.problems.append(RowProblem(column, str(error)))
            return ""

    def _read_association(self, text: str) -> str:
        """By the code's first two digits (Shenzhen: 47); a column that says otherwise is a mistake."""
        known = self.context.get("associations") or list(all_associations())
        self.context["associations"] = known
        by_region = next((body for body in known if body.firm_region_code == self.code[:2]), None)
        typed = text.strip()
        named = next((body for body in known if typed in {body.code, body.name, body.short_name}), None)
        if typed and named is None:
            raise PortalError(_("没有这个协会。请填写 6 位代码或全称，例如 330000 或 浙江省注册会计师协会。"))
        if self.code[:2] == FORMERLY_MANAGED_DIRECTLY and named:
            return named.code
        if by_region is None or by_region.is_national:
            raise PortalError(
                _("编号开头的 %(region)s 不是省份代码。原直管所（10 开头）请填写所属协会；其他请核对编号。")
                % {"region": self.code[:2]}
            )
        if named and named != by_region:
            raise PortalError(
                _("编号开头的 %(region)s 属于%(association)s，与填写的协会不同。请核对（深圳为 47）。")
                % {"region": self.code[:2], "association": by_region.short_label}
            )
        return by_region.code

    def _compare_with_file(self) -> None:
        for column, value in (("code", self.code), ("uscc", self.uscc)):
            seen = self.context.setdefault(column, set())
            if value and value in seen:
                self.problems.append(RowProblem(column, _("与文件中前面的一行重复。请只保留一行。")))
            seen.add(value)
        other = Firm.objects.filter(uscc=self.uscc).exclude(code=self.code).first() if self.uscc else None
        if other:
            sentence = _("这个统一社会信用代码已登记在 %(code)s 名下。请核对。") % {"code": other.code}
            self.problems.append(RowProblem("uscc", sentence))


def _read_name(text: str) -> str:
    name = normalise_firm_name(text)
    if not 1 <= len(name) <= 100:
        raise PortalError(_("事务所名称最多 100 个字，与执业证书一致。"))
    return name


def _read_status(text: str) -> str:
    if text.strip().lower() not in WORDS:
        raise PortalError(_("状态请填写“在册”或“已终止”。"))
    return WORDS[text.strip().lower()]
