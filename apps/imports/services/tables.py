"""From the bytes of a file to rows of cells: XLSX or CSV, told apart by content, never by name."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from apps.imports.services.workbook_bounds import (
    MAX_COLUMNS,
    MAX_ROWS,
    TableRefused,
    refuse_unbounded_workbook,
    unreadable_workbook,
)

MAX_BYTES = 30 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER_KINDS = (b"%PDF", b"{\\rtf", b"<", b"\xef\xbb\xbf<")


@dataclass(frozen=True)
class Table:
    header: list[str]
    rows: list[tuple[int, list]]
    """(line in the file, cells): text from a CSV; text, numbers, dates or booleans from a workbook."""


def read_table(content: bytes) -> Table:
    """Raises TableRefused for what is no table, is empty or too long. Empty lines are passed over.

    A table may have a header only: whoever knows the columns says first whether it is one.
    """
    if not content.strip():
        raise TableRefused(_("文件是空的。请检查后重新上传。"))
    if len(content) > MAX_BYTES:
        raise TableRefused(_("文件超过 30 MB。请分成几个文件上传。"))
    lines = _numbered(_workbook_rows(content) if content.startswith(_ZIP) else _csv_rows(content))
    first = next(lines, None)
    if first is None:
        raise TableRefused(_("文件里没有内容。第一行应当是列名。"))
    rows = []
    for line in lines:
        rows.append(line)
        if len(rows) > MAX_ROWS:
            raise TableRefused(_("文件超过 200000 行。请分成几个文件上传。"))
    return Table([str(cell).strip() for cell in first[1]], rows)


def _numbered(rows) -> Iterator[tuple[int, list]]:
    for line, cells in enumerate(rows, start=1):
        if any(str(cell).strip() for cell in cells):
            yield line, list(cells)


def _workbook_rows(content: bytes):
    refuse_unbounded_workbook(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise unreadable_workbook() from error


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True):
            if len(cells) > MAX_COLUMNS:
                raise TableRefused(_("有一行超过 100 列。请检查分隔符，删去多余的列后重新上传。"))
            yield cells
    except csv.Error as error:
        raise TableRefused(_("CSV 文件的引号或分隔符有误。请在 Excel 中另存为 .xlsx 后重新上传。")) from error


def _decoded(content: bytes) -> str:
    """UTF-8, with or without a byte order mark, GB18030, or what Excel calls Unicode text."""
    if content.startswith(_OLE):
        raise TableRefused(_("这是旧版 .xls 文件，或有密码的工作簿。请在 Excel 中另存为不带密码的 .xlsx 后重新上传。"))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _unicode_text(content)
    if content.lstrip().startswith(_OTHER_KINDS):
        raise TableRefused(
            _("这其实不是表格文件，而是网页、PDF 或文档，只是改了名字。请在 Excel 中打开，另存为 .xlsx 后重新上传。")
        )
    if b"\0" in content:
        raise TableRefused(_("这不是表格文件。请上传 .xlsx 或 .csv。"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unknown_encoding()


def _unicode_text(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _unknown_encoding() from error


def _unknown_encoding() -> TableRefused:
    return TableRefused(_("文件的编码无法识别。请另存为 UTF-8 的 CSV，或 .xlsx，后重新上传。"))
