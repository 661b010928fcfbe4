"""What the value of a rule may be: each kind checks it, reads it from a form and says it in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy


class ValueRefused(ValueError):
    """The value is not of its kind; the text is a sentence that says how to mend it."""


class Unit:
    """What is counted, with a number before it."""

    YEARS = ngettext_lazy("%(number)s 年", "%(number)s 年", "number")
    WORKING_DAYS = ngettext_lazy("%(number)s 个工作日", "%(number)s 个工作日", "number")
    DAYS = ngettext_lazy("%(number)s 天", "%(number)s 天", "number")
    HOURS = ngettext_lazy("%(number)s 小时", "%(number)s 小时", "number")
    MINUTES = ngettext_lazy("%(number)s 分钟", "%(number)s 分钟", "number")
    CLASS_HOURS = ngettext_lazy("%(number)s 学时", "%(number)s 学时", "number")
    AGE = ngettext_lazy("%(number)s 周岁", "%(number)s 周岁", "number")
    MAILS = ngettext_lazy("%(number)s 封邮件", "%(number)s 封邮件", "number")
    PHOTOS = ngettext_lazy("%(number)s 张", "%(number)s 张", "number")


@dataclass(frozen=True)
class WholeNumber:
    """`least` to `most`, both included."""

    unit: Any
    """A word of Unit."""
    least: int
    most: int

    def check(self, value: Any) -> None:
        if type(value) is not int or not self.least <= value <= self.most:
            raise ValueRefused(
                _("请填写 %(least)s 至 %(most)s 之间的整数，例如 %(least)s。")
                % {"least": self.least, "most": self.most}
            )

    def read(self, text: str) -> int:
        if not re.fullmatch(r"\d{1,6}", text.strip(), re.ASCII):
            self.check(None)
        self.check(value := int(text))
        return value

    def words(self, value: int) -> str:
        return self.unit % {"number": value}

    def write(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True)
class YesNo:
    def check(self, value: Any) -> None:
        if type(value) is not bool:
            raise ValueRefused(_("请选择“是”或“否”。"))

    def read(self, text: str) -> bool:
        self.check(value := {"yes": True, "no": False}.get(text))
        return value

    def words(self, value: bool) -> str:
        return _("是") if value else _("否")

    def write(self, value: bool) -> str:
        return "yes" if value else "no"

    @property
    def options(self) -> list[tuple[str, str]]:
        return [("yes", _("是")), ("no", _("否"))]


@dataclass(frozen=True)
class Choice:
    """One of `options`, a code with its words each."""

    options: Sequence[tuple[str, str]]

    def check(self, value: Any) -> None:
        if value not in dict(self.options):
            raise ValueRefused(_("请从列出的选项中选择一项。"))

    def read(self, text: str) -> str:
        self.check(text)
        return text

    def words(self, value: str) -> str:
        return str(dict(self.options)[value])

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Several:
    """Any of `options`, perhaps none."""

    options: Sequence[tuple[str, str]]

    def check(self, value: Any) -> None:
        known = dict(self.options)
        if not isinstance(value, list) or len(set(map(str, value))) != len(value) or any(v not in known for v in value):
            raise ValueRefused(_("请从列出的选项中选择，每项只选一次。"))

    def read(self, chosen: Sequence[str]) -> list[str]:
        self.check(value := list(chosen))
        return value

    def words(self, value: list[str]) -> str:
        known = dict(self.options)
        return _("、").join(str(known[code]) for code in value) or _("无")

    def write(self, value: list[str]) -> list[str]:
        return value


@dataclass(frozen=True)
class Grid:
    """For each row any of the columns: {"late": ["late_test"]}. Rows without any are left out."""

    rows: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]

    def check(self, value: Any) -> None:
        columns = Several(self.columns)
        if not isinstance(value, dict) or not set(value) <= set(dict(self.rows)):
            raise ValueRefused(_("请从列出的选项中选择，每项只选一次。"))
        for chosen in value.values():
            columns.check(chosen)

    def read(self, chosen: Sequence[str]) -> dict[str, list[str]]:
        value: dict[str, list[str]] = {}
        for row, _colon, column in (text.partition(":") for text in chosen):
            value.setdefault(row, []).append(column)
        self.check(value)
        return value

    def words(self, value: dict[str, list[str]]) -> str:
        columns = Several(self.columns)
        parts = [f"{label}: {columns.words(value[row])}" for row, label in self.rows if value.get(row)]
        return "; ".join(parts) or _("无")

    def write(self, value: dict[str, list[str]]) -> list[str]:
        return [f"{row}:{column}" for row, chosen in value.items() for column in chosen]

    @property
    def options(self) -> list[tuple[str, str]]:
        return [
            (f"{row}:{column}", f"{row_label}: {label}")
            for row, row_label in self.rows
            for column, label in self.columns
        ]


@dataclass(frozen=True)
class Numbers:
    """A few whole numbers in one direction, as the days of reminders: 7, 21, 28 or 14, 7, 2."""

    unit: str
    least: int
    most: int
    falling: bool = False
    longest: int = 6

    def check(self, value: Any) -> None:
        if not isinstance(value, list) or not 0 < len(value) <= self.longest:
            self._refuse()
        if any(type(number) is not int or not self.least <= number <= self.most for number in value):
            self._refuse()
        if value != sorted(set(value), reverse=self.falling):
            self._refuse()

    def _refuse(self) -> None:
        example = "14, 7, 2" if self.falling else "7, 21, 28"
        sentence = _("请填写 1 至 %(longest)s 个 %(least)s 至 %(most)s 之间的整数，%(order)s排列，例如 %(example)s。")
        raise ValueRefused(
            sentence
            % {
                "longest": self.longest,
                "least": self.least,
                "most": self.most,
                "order": _("从大到小") if self.falling else _("从小到大"),
                "example": example,
            }
        )

    def read(self, text: str) -> list[int]:
        parts = re.split(r"[,，、\s]+", text.strip())
        if not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in parts):
            self._refuse()
        self.check(value := [int(part) for part in parts])
        return value

    def words(self, value: list[int]) -> str:
        return _("、").join(self.unit % {"number": number} for number in value)

    def write(self, value: list[int]) -> str:
        return ", ".join(map(str, value))


@dataclass(frozen=True)
class MonthDay:
    """A day of every year, as 11-15; not 29 February."""

    def check(self, value: Any) -> None:
        try:
            date.fromisoformat(f"2001-{value}")
        except ValueError as error:
            raise ValueRefused(_("请填写月和日，例如 11-15。")) from error

    def read(self, text: str) -> str:
        self.check(text.strip())
        return text.strip()

    def words(self, value: str) -> str:
        return value

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Pattern:
    """How a number is made: text, and places in braces of which `needed` may not be missing."""

    places: tuple[str, ...]
    needed: str
    sample: dict = field(default_factory=dict)

    def check(self, value: Any) -> None:
        whole = re.fullmatch(rf"(?:[0-9A-Z]|{{(?:{'|'.join(self.places)})(?::0\dd)?}})+", str(value))
        if not whole or f"{{{self.needed}" not in value or not 4 <= len(value.format(**self.sample)) <= 20:
            places = " ".join("{" + place + "}" for place in self.places)
            raise ValueRefused(
                _("编号规则只能由数字、大写字母和 %(places)s 组成，例如 {region}{year}{sequence:06d}。")
                % {"places": places}
            )

    def read(self, text: str) -> str:
        self.check(text.strip())
        return text.strip()

    def words(self, value: str) -> str:
        return value

    def write(self, value: str) -> str:
        return value
