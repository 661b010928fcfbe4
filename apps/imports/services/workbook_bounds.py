"""How much a workbook would unfold into, found by streaming, before anything builds its whole grid in memory.

The reader of workbooks (calamine) lays out every cell between the first and the last: one stray cell far away, or
a few kilobytes that unpack to gigabytes, would end the process without an exception that anybody could catch.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from apps.core.errors import PortalError

MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_CELLS = 4_000_000
MAX_TEXT = 50_000_000
"""Characters of all cells together; a text that many cells share counts for each of them."""
MAX_UNPACKED = 300 * 1024 * 1024
_PIECE = 1 << 20
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OTHER_KINDS = {"content.xml", "xl/workbook.bin"}
_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, ValueError, IndexError, RuntimeError)
"""What unpacking and parsing raise; RuntimeError is an archive with a password."""
_REFERENCE = re.compile(r"([A-Za-z]{1,8})([0-9]{1,9})")


class TableRefused(PortalError):
    """The file as a whole cannot be read; the message says how to mend it."""

    code = "table_refused"


def refuse_unbounded_workbook(content: bytes) -> None:
    """Raises TableRefused where the workbook is no .xlsx, is damaged, or would unfold beyond what a table needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_other_kinds(archive)
            _scan(archive)
    except _DAMAGE as error:
        raise unreadable_workbook() from error


def unreadable_workbook() -> TableRefused:
    return TableRefused(_("这个工作簿无法打开，可能已损坏或有密码。请在 Excel 中另存为不带密码的 .xlsx 后重新上传。"))


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = {info.filename.lower() for info in archive.infolist()}
    if names & _OTHER_KINDS or "xl/workbook.xml" not in names:
        raise TableRefused(_("这不是 .xlsx 工作簿。请在 Excel 或 WPS 中打开，另存为 .xlsx 后重新上传。"))
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
        raise _too_large()
    if any(info.compress_type not in _METHODS for info in archive.infolist()):
        raise unreadable_workbook()


def _scan(archive: zipfile.ZipFile) -> None:
    """Every part is unpacked once, piece by piece: its stated size and checksum are held against it."""
    grid = _Grid()
    for info in sorted(archive.infolist(), key=lambda info: "sharedstrings" not in info.filename.lower()):
        parser = grid.parser() if info.filename.lower().endswith(".xml") else None
        with archive.open(info) as part:
            while piece := part.read(_PIECE):
                if parser:
                    parser.Parse(piece, False)
        if parser:
            parser.Parse(b"", True)


def _too_large() -> TableRefused:
    return TableRefused(_("工作簿解开后太大。请只保留一张工作表和需要的列，删去图片和格式，或分成几个文件上传。"))


class _Grid:
    """What the cells of the sheets add up to. Where a cell stands is counted as the reader of workbooks counts it."""

    def __init__(self):
        self.shared_lengths: list[int] = []
        self.text = 0

    def parser(self):
        """For one part of the workbook."""
        self.row = self.column = self.filled_rows = self.last_filled = self.widest = self.furthest = 0
        self.kind, self.reading = "", ""
        parser = expat.ParserCreate(namespace_separator=None)
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        return parser

    def _start(self, name: str, attributes: dict) -> None:
        element = name.rpartition(":")[2]
        if element == "c":
            self._move(attributes.get("r"))
            self.kind = attributes.get("t", "")
        elif element == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
        elif element in {"v", "is"}:
            self._fill()
            self.reading = element
        elif element == "si":
            self.shared_lengths.append(0)
            self.reading = element

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] in {"v", "is", "si"}:
            self.reading = ""

    def _characters(self, data: str) -> None:
        if self.reading == "si":
            self.shared_lengths[-1] += len(data)
        elif self.reading:
            shared = self.reading == "v" and self.kind == "s"
            self.text += self.shared_lengths[int(data)] if shared else len(data)
            if self.text > MAX_TEXT:
                raise _too_large()

    def _move(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise unreadable_workbook()
        self.row, self.column = int(found[2]), _column_number(found[1])

    def _fill(self) -> None:
        """A cell with something in it: only these are laid out."""
        if self.row != self.last_filled:
            self.filled_rows, self.last_filled = self.filled_rows + 1, self.row
        self.furthest, self.widest = max(self.furthest, self.row), max(self.widest, self.column)
        if self.filled_rows > MAX_ROWS + 1:
            raise TableRefused(_("文件超过 200000 行。请分成几个文件上传。"))
        if self.furthest > MAX_ROWS + 1 or self.widest > MAX_COLUMNS or self.furthest * self.widest > MAX_CELLS:
            raise TableRefused(
                _(
                    "第 %(row)s 行、第 %(column)s 列的单元格有内容，超出了一张名单的范围（最多 200000 行、100 列）。"
                    "请删去数据以外的行和列（选中后“删除”，只清除内容不够），保存后重新上传。"
                )
                % {"row": self.row, "column": self.column}
            )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_doctype(*_declaration) -> None:
    raise unreadable_workbook()
