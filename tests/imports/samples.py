"""Files as people bring them, and a kind of import that writes nothing but remembers."""

import csv
import io
import zipfile

import xlsxwriter

from apps.core.errors import PortalError
from apps.imports.services import Column, RowHandler, RowProblem

HEADER = ["编号", "姓名", "日期"]
ROWS = [["A1", "王小明", "2024-12-20"], ["A2", "阿卜杜拉·买买提", "2025年1月3日"]]


class SampleRows(RowHandler):
    kind = "sample"
    title = "样本"
    permission = "import_roll"
    columns = (
        Column("number", "编号", aliases=("Number",), example="A1"),
        Column("name", "姓名", aliases=("Name",), example="王小明"),
        Column("on", "日期", aliases=("Date",), kind="date", example="2024-12-20"),
        Column("note", "备注", required=False),
    )

    def __init__(self):
        self.written = []

    def check(self, values, *, context, today):
        seen = context.setdefault("seen", set())
        if values["number"] in seen:
            return [RowProblem("number", "编号在文件里出现了两次。")]
        seen.add(values["number"])
        return values

    def commit(self, parsed, *, actor, job, now):
        if parsed["name"] == "拒绝":
            raise PortalError("不能写入。")
        if parsed["name"] == "故障":
            raise RuntimeError("a fault")
        if parsed in self.written:
            return "unchanged"
        self.written.append(parsed)
        return "created"


def workbook(rows, header=HEADER) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for line, cells in enumerate([header, *rows]):
        sheet.write_row(line, 0, cells)
    book.close()
    return content.getvalue()


def workbook_with_part(name: str, text: str, rows=ROWS) -> bytes:
    """A workbook in which one part says something else, as another program (or an enemy) may have written it."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, text.encode() if part == name else old.read(part))
    return content.getvalue()


def comma_separated(rows, header=HEADER, *, encoding="utf-8", delimiter=",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return text.getvalue().encode(encoding)
