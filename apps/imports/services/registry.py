"""Which kinds of import there are. The app that owns the rows brings the handler, in its `handlers.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apps.accounts.policies import has_permission
from apps.core.actor import Actor


@dataclass(frozen=True)
class Column:
    """A column of the file: `label` is the heading that people write, `aliases` are other headings for the same."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = True
    kind: str = "text"
    """text, or date: then the value is a date."""
    example: str = ""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in one cell, as a sentence that says how to mend it. `column` is a key, empty for the whole row."""

    column: str
    message: str
    finding: str = ""
    """A key of the kind's `findings`: what such rows are counted as."""


class RowHandler:
    """One kind of import. Subclasses fill the fields, `check` and `commit`; the rest only makes it faster or kinder."""

    kind: str
    title: str
    permission: str
    wide_permission: str = ""
    """Of the national body, where the other one reaches no further than the own association."""
    columns: tuple[Column, ...]
    is_own: bool = False
    """Whether only whoever brought a file sees it: where each association brings its own."""
    rows_at_once: int = 1
    """More than one where `commit_many` writes so many rows in one transaction without locking others out."""
    checked_at_once: int = 500
    """Rows between two looks at the clock in the dry run."""
    is_archive: bool = False
    """Whether the file is a ZIP whose files are the rows; `context["archive"]` then gives their bytes."""
    findings: dict[str, str] = {}
    """What the dry run counts, by key, in the order of the page. Empty where good and faulty is all there is."""
    can_undo: bool = False
    """Whether `undo` takes a written row back."""

    def check(self, values: dict, *, context: dict, today: date) -> Any | list[RowProblem]:
        """What the row means, or what is wrong with it. `context` lives for the
        whole file; its "uploaded_by" is the user id of whoever brought it."""
        raise NotImplementedError

    def recall(self, values: dict, *, context: dict, today: date) -> None:
        """Leave `context` as `check` left it for a line that an earlier worker has checked. Ask no register."""
        self.check(values, context=context, today=today)

    def difference(self, parsed) -> str:
        """A sentence on what an existing record says otherwise; empty where the row is new or says the same."""
        return ""

    def differences(self, parsed_rows: list) -> list[str]:
        """`difference` of many rows, in their order; a kind that can asks the register once for all of them."""
        return [self.difference(parsed) for parsed in parsed_rows]

    def finding(self, parsed) -> str:
        """What a good row is counted as: a key of `findings`."""
        return ""

    def undo(self, values: dict, *, actor: Actor, job, now: datetime) -> None:
        """Take back what this job has written for the row, in its own transaction. A PortalError says why it stays."""
        raise NotImplementedError

    def commit(self, parsed, *, actor: Actor, job, now: datetime) -> str:
        """Write one row, in its own transaction: "created", "updated" or "unchanged". A PortalError refuses it."""
        raise NotImplementedError

    def commit_many(self, parsed_rows: list, *, actor: Actor, job, now: datetime) -> list[str]:
        """`commit` of many rows at once, each a different thing. Where it raises, all are written one by one."""
        return [self.commit(parsed, actor=actor, job=job, now=now) for parsed in parsed_rows]


def problems_in(checked) -> list[RowProblem]:
    """The problems, where `check` returned such; nothing where it returned what the row means."""
    is_problems = isinstance(checked, list) and checked and all(isinstance(p, RowProblem) for p in checked)
    return checked if is_problems else []


_handlers: dict[str, RowHandler] = {}


def row_handler(handler_class: type[RowHandler]) -> type[RowHandler]:
    """Register a kind of import."""
    _handlers[handler_class.kind] = handler_class()
    return handler_class


def handler_for(kind: str) -> RowHandler:
    """Raises KeyError for a kind that nobody brings."""
    return _handlers[kind]


def may_import(actor: Actor, handler: RowHandler, association_code: str | None = None) -> bool:
    """Anywhere, or for people of this association."""
    return any(has_permission(actor, permission, association_code) for permission in permissions_of(handler))


def permissions_of(handler: RowHandler) -> tuple[str, ...]:
    return tuple(filter(None, (handler.permission, handler.wide_permission)))


def row_handlers() -> list[RowHandler]:
    return list(_handlers.values())
