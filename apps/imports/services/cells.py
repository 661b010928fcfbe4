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
_PASSED_OVER = Column("", "", required=False)
UNKNOWN_SHOWN = 10
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d+")


def place_columns(header: list[str], columns: tuple[Column, ...]) -> dict[int, Column]:
    """Which cell of a row belongs to which column, in whatever order they stand.

    Raises TableRefused where a column is missing, stands there twice, or is not known.
    """
    by_heading = _columns_by_heading(columns)
    placed: dict[int, Column] = {}
    unknown = []
    for position, name in enumerate(header):
        column = by_heading.get(_heading(name))
        if column is None and name:
            unknown.append(name)
        elif column in placed.values():
            raise TableRefused(_("列“%(name)s”出现了两次。请只保留一列后重新上传。") % {"name": name})
        elif column is not None:
            placed[position] = column
    _refuse_wrong_columns(columns, placed, unknown)
    return placed


def _columns_by_heading(columns: tuple[Column, ...]) -> dict[str, Column]:
    """The names of all languages: whoever works in English brings the same Chinese files."""
    by_heading = {_heading(name): column for column in columns for name in (column.key, *column.aliases)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            by_heading |= {_heading(str(column.label)): column for column in columns}
            by_heading[_heading(_(PROBLEMS_HEADING))] = _PASSED_OVER
    return by_heading


def _refuse_wrong_columns(columns: tuple[Column, ...], placed: dict[int, Column], unknown: list[str]) -> None:
    names = _("、").join
    missing = [column for column in columns if column.required and column not in placed.values()]
    if not placed:
        raise TableRefused(
            _(
                "第一张工作表的第一行里没有一个需要的列名。请把列名放在第一行，标题行、说明页请删去。需要的列：%(names)s。"
            )
            % {"names": names(str(column.label) for column in missing)}
        )
    sentences = []
    if missing:
        sentence = _("缺少列：%(names)s。请在第一行补上列名，填好内容后重新上传。")
        sentences.append(sentence % {"names": names(str(column.label) for column in missing)})
    if unknown:
        sentence = _("有不认识的列：%(names)s。请删去这些列，或把列名改成需要的列名。")
        sentences.append(sentence % {"names": names(unknown[:UNKNOWN_SHOWN])})
    if sentences:
        raise TableRefused(" ".join(sentences))


def read_row(cells: list, placed: dict[int, Column], columns: tuple[Column, ...]) -> tuple[dict, list[RowProblem]]:
    """The values by key, and what is wrong with them. What cannot be read stays as the text that was there."""
    values: dict = {column.key: None if column.kind == "date" else "" for column in columns}
    problems = []
    for position, column in placed.items():
        if column is _PASSED_OVER:
            continue
        value, problem = _read_cell(cells[position] if position < len(cells) else "", column)
        values[column.key] = value
        if problem:
            problems.append(RowProblem(column.key, problem))
    problems += [
        RowProblem("", _("第 %(number)s 格有内容，但那里没有列名。请检查这一行是否错位。") % {"number": position + 1})
        for position, cell in enumerate(cells)
        if position not in placed and str(cell).strip()
    ][:1]
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
