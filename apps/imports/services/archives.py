"""From a ZIP to its files, one at a time: nothing is unpacked to the disk, and nothing that it says is believed.

The directory at its end is measured before anybody reads it; a file is unpacked only up to what may be uploaded at
all. What is wrong with one file does not stop the others.
"""

import stat
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.errors import PortalError
from apps.imports.services.workbook_bounds import TableRefused

MAX_ARCHIVE = 1024 * 1024 * 1024
MAX_FILES = 100_000
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
MAX_DIRECTORY = 64 * 1024 * 1024
MAX_FILE = 20 * 1024 * 1024
MAX_RATIO = 100
"""A picture hardly shrinks when it is packed: what unpacks to a hundred times its size is none."""
_UTF8, _ENCRYPTED = 0x800, 0x1
_END, _END64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_JUNK = {".ds_store", "thumbs.db", "desktop.ini"}
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    IndexError,
    RuntimeError,
    NotImplementedError,
)


class FileRefused(PortalError):
    """One file of the archive cannot be read; the message says how to mend it."""

    code = "file_refused"


WRONG = {
    "path": gettext_lazy("文件名里有不允许的路径。请把照片直接放进压缩包，重新压缩。"),
    "link": gettext_lazy("这是一个链接，不是照片。请放入照片本身，重新压缩。"),
    "encrypted": gettext_lazy("压缩包有密码，这个文件打不开。请去掉密码，重新压缩。"),
    "method": gettext_lazy("这个文件的压缩方式不能识别。请用系统自带的“压缩”功能重新压缩为 ZIP。"),
    "empty": gettext_lazy("文件是空的（0 字节）。请放入完整的照片，重新压缩。"),
    "large": gettext_lazy("文件超过 20 MB。请缩小后重新压缩。"),
    "bomb": gettext_lazy("这个文件解开后比压缩时大一百倍以上，不是正常的照片，没有读取。"),
    "damaged": gettext_lazy("文件在压缩包里已损坏，打不开。请重新压缩后再上传。"),
}


@dataclass(frozen=True)
class Packed:
    """A file of the archive as its directory names it; `wrong` is a key of WRONG, or empty."""

    name: str
    info: zipfile.ZipInfo
    wrong: str = ""

    @property
    def stem(self) -> str:
        """The name without folders and ending: what a file is called by."""
        return PurePosixPath(self.name).stem.strip()


class Archive:
    """The files of a ZIP in its order. It reads like a table of one column, their names."""

    header = ("file",)

    def __init__(self, stream: BinaryIO):
        """Raises TableRefused for what is no ZIP, or too large."""
        _refuse_large_directory(stream)
        try:
            self._zip = zipfile.ZipFile(stream)
        except _DAMAGE as error:
            raise _no_archive() from error
        self.files = [packed for info in self._zip.infolist() if (packed := _packed(info))]
        self._refuse_unbounded()
        self.rows = [(number, [packed.name]) for number, packed in enumerate(self.files, start=1)]
        self._by_name = {packed.name: packed for packed in self.files}
        self._names = Counter(packed.name for packed in self.files)

    def _refuse_unbounded(self) -> None:
        if len(self.files) > MAX_FILES:
            raise TableRefused(_("压缩包里超过 100000 个文件。请分成几个压缩包上传。"))
        if sum(packed.info.file_size for packed in self.files) > MAX_UNPACKED:
            raise TableRefused(_("压缩包解开后超过 4 GB。请分成几个压缩包上传。"))

    def packed(self, name: str) -> Packed:
        return self._by_name[name]

    def is_twice(self, name: str) -> bool:
        return self._names[name] > 1

    def read(self, name: str) -> bytes:
        """The file's bytes. Raises FileRefused."""
        packed = self._by_name[name]
        if packed.wrong:
            raise FileRefused(WRONG[packed.wrong])
        try:
            with self._zip.open(packed.info) as source:
                content = source.read(MAX_FILE + 1)
        except _DAMAGE as error:
            raise FileRefused(WRONG["damaged"]) from error
        if len(content) > MAX_FILE:
            raise FileRefused(WRONG["large"])
        return content


def _packed(info: zipfile.ZipInfo) -> Packed | None:
    """None for folders and for what systems leave behind unasked."""
    name = _name(info)
    parts = [part for part in name.split("/") if part]
    if name.endswith("/") or not parts or _is_junk(parts):
        return None
    return Packed(name, info, _what_is_wrong(info, name, parts))


def _is_junk(parts: list[str]) -> bool:
    return parts[0] == "__MACOSX" or parts[-1].lower() in _JUNK or parts[-1].startswith("._")


def _name(info: zipfile.ZipInfo) -> str:
    """As whoever packed it saw it: in UTF-8 where the archive says so or it can be, else in GB18030."""
    if info.flag_bits & _UTF8:
        name = info.orig_filename
    else:
        raw = info.orig_filename.encode("cp437", errors="replace")
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            name = raw.decode("gb18030", errors="replace")
    return name.replace("\\", "/").replace("\0", "�")


def _what_is_wrong(info: zipfile.ZipInfo, name: str, parts: list[str]) -> str:
    mode = info.external_attr >> 16
    wrong = {
        "path": name.startswith("/") or ".." in parts or ":" in parts[0] or "�" in name or len(name) > 300,
        "link": bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode),
        "encrypted": bool(info.flag_bits & _ENCRYPTED),
        "method": info.compress_type not in _METHODS,
        "empty": info.file_size == 0,
        "large": info.file_size > MAX_FILE,
        "bomb": info.file_size > max(1, info.compress_size) * MAX_RATIO,
    }
    return next((word for word, holds in wrong.items() if holds), "")


def _refuse_large_directory(stream: BinaryIO) -> None:
    """Reading a directory takes several times its size of memory; so its own end is asked first."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise _no_archive()
    (length,) = struct.unpack_from("<I", tail, place + 12)
    if tail[max(0, place - 20) : place].startswith(_LOCATOR):
        length = max(length if length != 0xFFFFFFFF else 0, _length_in_large_archive(stream, tail, place))
    if length > min(MAX_DIRECTORY, size):
        raise TableRefused(_("压缩包的目录太大，或已损坏。请分成几个压缩包，用系统自带的“压缩”功能重新压缩后上传。"))


def _length_in_large_archive(stream: BinaryIO, tail: bytes, place: int) -> int:
    (where,) = struct.unpack_from("<Q", tail, place - 20 + 8)
    stream.seek(min(where, 2**62))
    record = stream.read(56)
    if len(record) < 56 or not record.startswith(_END64):
        raise _no_archive()
    return struct.unpack_from("<Q", record, 40)[0]


def _no_archive() -> TableRefused:
    return TableRefused(
        _("这不是可以打开的 ZIP 压缩包（也许是 RAR、7z，或已损坏）。请用系统自带的“压缩”功能压缩为 ZIP 后重新上传。")
    )
