"""Files become rows whatever made them, or are refused with a sentence that says how to mend them."""

import tracemalloc
from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from apps.imports.services import Column
from apps.imports.services.cells import place_columns, read_row
from apps.imports.services.tables import TableRefused, read_table
from tests.imports.samples import HEADER, ROWS, SampleRows, comma_separated, workbook

COLUMNS = SampleRows.columns


def values_of(content: bytes) -> list[dict]:
    table = read_table(content)
    placed = place_columns(table.header, COLUMNS)
    return [read_row(cells, placed, COLUMNS)[0] for _, cells in table.rows]


def problems_of(content: bytes) -> list[str]:
    table = read_table(content)
    placed = place_columns(table.header, COLUMNS)
    return [problem.message for _, cells in table.rows for problem in read_row(cells, placed, COLUMNS)[1]]


@pytest.mark.parametrize(
    "content",
    [
        workbook(ROWS),
        comma_separated(ROWS),
        comma_separated(ROWS, encoding="utf-8-sig"),
        comma_separated(ROWS, encoding="gb18030"),
        comma_separated(ROWS).replace(b"\r\n", b"\r"),
        comma_separated(ROWS, delimiter="\t"),
        comma_separated(ROWS, delimiter="\t", encoding="utf-16"),
        comma_separated(ROWS, header=["Number", "ＮＡＭＥ", " date "]),
        comma_separated([row[::-1] for row in ROWS], header=HEADER[::-1]),
    ],
    ids=[
        "xlsx",
        "utf-8",
        "byte order mark",
        "GB18030",
        "old line ends",
        "tabs",
        "Unicode text",
        "English headings",
        "columns swapped",
    ],
)
def test_same_rows_are_read_from_every_kind_of_file(content):
    assert values_of(content) == [
        {"number": "A1", "name": "王小明", "on": date(2024, 12, 20), "note": ""},
        {"number": "A2", "name": "阿卜杜拉·买买提", "on": date(2025, 1, 3), "note": ""},
    ]


def test_rare_characters_survive_gb18030():
    content = comma_separated([["A1", "𠮷𬭎", "2024-12-20"]], encoding="gb18030")
    assert values_of(content)[0]["name"] == "𠮷𬭎"


def test_line_numbers_are_those_of_the_file():
    table = read_table(comma_separated([["", "", ""], *ROWS]))
    assert [line for line, _ in table.rows] == [3, 4]


@pytest.mark.parametrize("number", [3.30106199001011e17, 330106199001011234])
def test_number_in_a_text_column_is_refused_in_a_workbook(number):
    assert "“文本”格式" in problems_of(workbook([[number, "王小明", "2024-12-20"]]))[0]


def test_number_that_a_spreadsheet_has_spoilt_is_refused_in_csv():
    assert "“文本”格式" in problems_of(comma_separated([["3.30106E+17", "王小明", "2024-12-20"]]))[0]


@pytest.mark.parametrize("typed", ["2024-02-30", "昨天", "20/12/2024"])
def test_what_is_no_date_is_refused_with_an_example(typed):
    assert "2024-12-20" in problems_of(comma_separated([["A1", "王小明", typed]]))[0]


@pytest.mark.parametrize(
    "typed", ["2024-12-20", "2024/12/20", "2024.12.20", "2024年12月20日", "20241220", "２０２４-12-20"]
)
def test_dates_are_read_as_people_write_them(typed):
    assert values_of(comma_separated([["A1", "王小明", typed]]))[0]["on"] == date(2024, 12, 20)


def test_empty_required_cell_is_a_problem():
    assert "没有填写" in problems_of(comma_separated([["A1", " ", "2024-12-20"]]))[0]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (["编号", "姓名"], "缺少列：日期"),
        (["编号", "姓名", "日期", "性别"], "不认识的列：性别"),
        (["编号", "姓名", "日期", "Name"], "出现了两次"),
        (["2026年名单", "", ""], "没有一个需要的列名。.*编号、姓名、日期"),
    ],
)
def test_wrong_columns_are_named(header, sentence):
    table = read_table(comma_separated([["x"] * len(header)], header=header))
    with pytest.raises(TableRefused, match=sentence):
        place_columns(table.header, COLUMNS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空的"),
        (b"  \n ", "空的"),
        (b"PK\x03\x04 broken", "无法打开"),
        (b"\xd0\xcf\x11\xe0 old workbook", "旧版"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "不是表格"),
        (b"a,b\n1" + b"," * 5_000_000, "超过 100 列"),
        (b'a,b\n"1,2', "引号"),
        (b"%PDF-1.7\n%\xe2\xe3", "不是表格"),
        (b"\n<html><table><tr><td>1</td></tr></table></html>", "不是表格"),
        (b"\xff\xfea", "编码"),
        (b"a,b\n\xff\xff\xff", "编码"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(TableRefused, match=sentence):
        read_table(content)


def test_megabytes_of_empty_lines_are_read_in_little_memory():
    tracemalloc.start()
    table = read_table(comma_separated(ROWS) + b"\n" * 300_000 + b"A3,x,2024-12-20\n")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [line for line, _ in table.rows] == [2, 3, 300_004]
    assert peak < 10_000_000


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_headings_are_known_in_every_language(language):
    columns = (Column("name", gettext_lazy("文件")), Column("on", gettext_lazy("例子")))
    with translation.override(language):
        assert [column.key for column in place_columns(["例子", "File", "To correct"], columns).values()][:2] == [
            "on",
            "name",
        ]
