"""From cells to values: headings find their columns, numbers in text columns are refused, dates are read."""

import re
import unicodedata
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.imports.services.registry import Column, RowProblem
from apps.imports.services.tables import TableRefused

_DATE_SHAPES = (
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?",
    r"(\d{4})/(\d{1,2})/(\d{1,2})",
    r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
    r"(\d{4})年(\d{1,2})月(\d{1,2})日",
    r"(\d{4})(\d{2})(\d{2})",
)
PROBLEMS_HEADING = gettext_noop("需要改正之处")
"""Of the column that a file of faulty rows has in addition: whoever uploads it again need not delete it."""
WOULD_BE_CHANGED = re.compile(r"[=+\-@＝＋－＠\t\r]|0\d*$|\d{12,}$")
"""What a spreadsheet takes for a formula, or for a number whose digits it then loses: `mending` puts ' before it."""
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d+")


def place_columns(header: list[str], columns: tuple[Column, ...]) -> dict[int, Column]:
    """Which cell of a row belongs to which column, in whatever order they stand.

    Raises TableRefused where a column is missing, stands there twice, or is not known.
    """
    passed_over = _passed_over()
    by_heading = {
        _heading(name): column for column in columns for name in (str(column.label), column.key, *column.aliases)
    }
    placed: dict[int, Column] = {}
    unknown = []
    for position, name in enumerate(header):
        column = by_heading.get(_heading(name))
        if _heading(name) in passed_over:
            continue
        if column is None and name:
            unknown.append(name)
        elif column in placed.values():
            raise TableRefused(_("列“%(name)s”出现了两次。请只保留一列后重新上传。") % {"name": name})
        elif column is not None:
            placed[position] = column
    _refuse_wrong_columns([c for c in columns if c.required and c not in placed.values()], unknown)
    return placed


def _passed_over() -> set[str]:
    headings = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            headings.add(_heading(_(PROBLEMS_HEADING)))
    return headings


def _refuse_wrong_columns(missing: list[Column], unknown: list[str]) -> None:
    sentences = []
    if missing:
        names = _("、").join(str(column.label) for column in missing)
        sentences.append(_("缺少列：%(names)s。第一行应当是列名。") % {"names": names})
    if unknown:
        sentences.append(_("有不认识的列：%(names)s。请删去或改正列名。") % {"names": _("、").join(unknown)})
    if sentences:
        raise TableRefused(" ".join(sentences))


def read_row(cells: list, placed: dict[int, Column], columns: tuple[Column, ...]) -> tuple[dict, list[RowProblem]]:
    """The values by key, and what is wrong with them. What cannot be read stays as the text that was there."""
    values: dict = {column.key: None if column.kind == "date" else "" for column in columns}
    problems = []
    for position, column in placed.items():
        value, problem = _read_cell(cells[position] if position < len(cells) else "", column)
        values[column.key] = value
        if problem:
            problems.append(RowProblem(column.key, problem))
    return values, problems


def _read_cell(cell, column: Column):
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        empty = None if column.kind == "date" else ""
        return empty, _empty_sentence(column) if column.required else ""
    return _read_date(cell, column) if column.kind == "date" else _read_text(cell, column)


def _read_text(cell, column: Column):
    text = _without_apostrophe(cell.strip()) if isinstance(cell, str) else str(cell)
    if not isinstance(cell, str) or _SCIENTIFIC.fullmatch(text):
        return text, _(
            "“%(label)s”是数字格式，位数可能已经丢失。请把这一列设为“文本”格式，重新填写，例如 %(example)s。"
        ) % {"label": column.label, "example": column.example}
    return text, ""


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and WOULD_BE_CHANGED.match(text, 1) else text


def _read_date(cell, column: Column):
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    text = unicodedata.normalize("NFKC", f"{cell:.0f}" if isinstance(cell, float) else str(cell)).strip()
    for shape in _DATE_SHAPES:
        if match := re.fullmatch(shape, text):
            try:
                return date(*map(int, match.groups())), ""
            except ValueError:
                break
    return text, _("“%(label)s”不是日期。请写成 %(example)s 的样子。") % {
        "label": column.label,
        "example": column.example or "2024-12-20",
    }


def _empty_sentence(column: Column) -> str:
    return _("“%(label)s”没有填写。例如 %(example)s。") % {"label": column.label, "example": column.example}


def _heading(text: str) -> str:
    """Headings are compared without case, width, spaces, brackets and marks."""
    return re.sub(r"[\s()（）*:：_\-]", "", unicodedata.normalize("NFKC", text)).lower()
