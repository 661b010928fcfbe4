"""A workbook that would unfold beyond all measure is refused with a sentence, before anything unfolds it."""

import io
import zipfile

import pytest
import xlsxwriter

from apps.imports.services.tables import read_table
from apps.imports.services.workbook_bounds import MAX_TEXT, TableRefused, refuse_unbounded_workbook
from tests.imports.samples import ROWS, workbook, workbook_with_part

SHEET = "xl/worksheets/sheet1.xml"


def stray(row, column, value="x", style=False) -> bytes:
    """Two columns, and one cell far away."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["编号", "姓名"])
    sheet.write_row(1, 0, ["A1", "王小明"])
    sheet.write(row - 1, column - 1, value, book.add_format({"bold": True}) if style else None)
    book.close()
    return content.getvalue()


def sheet_of(cells: str) -> bytes:
    return workbook_with_part(SHEET, f"<worksheet><sheetData>{cells}</sheetData></worksheet>")


@pytest.mark.parametrize(("row", "column"), [(200_001, 501), (1_048_576, 31), (3, 101), (200_001, 50), (200_002, 1)])
def test_stray_cell_far_away_is_named(row, column):
    with pytest.raises(TableRefused, match=f"第 {row} 行、第 {column} 列"):
        refuse_unbounded_workbook(stray(row, column))


def test_formatted_but_empty_cell_far_away_does_no_harm():
    assert len(read_table(stray(1_048_576, 31, "", style=True)).rows) == 1


@pytest.mark.parametrize(
    "cells",
    [
        "<x:row xmlns:x='urn:x' r='900000'><x:c><x:v>1</x:v></x:c></x:row>",
        "<row r='2'><c r='a900000'><v>1</v></c></row>",
        "<row r='899999'/><row><c t='inlineStr'><is><t>1</t></is></c></row>",
        "<row r='900000'>" + "<c><v>1</v></c></row>",
    ],
    ids=["prefix", "small letters", "counted rows", "counted cells"],
)
def test_stray_cell_is_found_however_it_is_written(cells):
    with pytest.raises(TableRefused, match="第 900000 行"):
        refuse_unbounded_workbook(sheet_of(cells))


def test_too_many_rows_are_too_many_rows():
    cells = "".join(f"<row r='{row}'><c r='A{row}'><v>1</v></c></row>" for row in range(1, 200_003))
    with pytest.raises(TableRefused, match="200000 行"):
        refuse_unbounded_workbook(sheet_of(cells))


def test_archive_that_unpacks_to_gigabytes_is_refused():
    with pytest.raises(TableRefused, match="解开后太大"):
        refuse_unbounded_workbook(sheet_of("<!--" + " " * (301 * 1024 * 1024) + "-->"))


def test_archive_that_lies_about_its_size_is_refused():
    content = bytearray(sheet_of("<!--" + " " * (3 * 1024 * 1024) + "-->"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(SHEET)
    entry = content.rindex(SHEET.encode()) - 46
    assert content[entry + 24 : entry + 28] == info.file_size.to_bytes(4, "little")
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    with pytest.raises(TableRefused, match="无法打开"):
        refuse_unbounded_workbook(bytes(content))


def test_one_long_text_that_many_cells_share_is_refused():
    content = workbook([["长" * 30_000, "王小明", "2024-12-20"]] * (MAX_TEXT // 30_000 + 1))
    with pytest.raises(TableRefused, match="解开后太大"):
        refuse_unbounded_workbook(content)


@pytest.mark.parametrize(
    "sheet",
    [
        "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>",
        "<worksheet><sheetData><row r='1'><c r='?'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData>",
    ],
    ids=["document type", "no reference", "cut off"],
)
def test_damaged_sheet_is_refused(sheet):
    with pytest.raises(TableRefused, match="无法打开"):
        refuse_unbounded_workbook(workbook_with_part(SHEET, sheet))


def test_other_kinds_of_archive_are_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(TableRefused, match=r"不是 \.xlsx"):
        refuse_unbounded_workbook(content.getvalue())


def test_ordinary_workbook_passes():
    refuse_unbounded_workbook(workbook(ROWS))
