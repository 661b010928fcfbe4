"""The shape of an entry of the registry."""

from dataclasses import dataclass

from apps.rules.enums import Check, Local, Subject
from apps.rules.registry.values import Choice, Grid, MonthDay, Numbers, Pattern, Several, WholeNumber, YesNo


@dataclass(frozen=True)
class RuleKind:
    """One rule. `text` says what it decides, for the person who edits it; `check` how its test cases are run."""

    key: str
    subject: Subject
    title: str
    text: str
    value: WholeNumber | YesNo | Choice | Several | Grid | Numbers | MonthDay | Pattern
    local: Local = Local.NEVER
    check: Check = Check.VALUE

    @property
    def local_label(self) -> str:
        return self.local.label

    @property
    def may_be_local(self) -> bool:
        return self.local != Local.NEVER
