"""Rows as a file that an office opens: CSV or a workbook. Nothing in it runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable
from tempfile import TemporaryDirectory

import xlsxwriter

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WOULD_RUN = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes for a formula at the beginning of a cell."""
WIDTH = 18
"""Of a column, in characters: a reference or an identity number fits."""
MOST_COLUMNS = 40


def as_csv(rows: Iterable[list[str]]) -> bytes:
    """With a byte order mark, for Excel."""
    text = io.StringIO()
    csv.writer(text).writerows([_kept_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[list[str]]) -> bytes:
    """A workbook in constant memory. Each cell is text and stays so when it is edited: as a number an identity number
    loses its last digits, and a leading = must not become a formula (the quote prefix, which is not part of the text).
    The rows wait in a folder that only this process may enter, and that goes with it."""
    content = io.BytesIO()
    with TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(content, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet()
        sheet.set_column(0, MOST_COLUMNS, WIDTH)
        sheet.freeze_panes(1, 0)
        text = {"num_format": "@", "quote_prefix": True}
        heading, text = book.add_format(text | {"bold": True}), book.add_format(text)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, text if line else heading)
        book.close()
    return content.getvalue()


def _kept_as_text(text: str) -> str:
    return f"'{text}" if WOULD_RUN.match(text) else text
