"""A ZIP as people, and worse, pack it: nothing is believed that it says of itself, and one bad file stops no other."""

import io
import stat
import struct
import zipfile

import pytest

from apps.imports.services import archives
from apps.imports.services.archives import Archive, FileRefused
from apps.imports.services.workbook_bounds import TableRefused
from tests.factories.archives import archive, in_windows


def names(stream):
    return [packed.name for packed in Archive(stream).files]


def wrong(stream):
    return [packed.wrong for packed in Archive(stream).files]


def link(name="a.jpg", target=b"/etc/passwd"):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return (info, target)


def with_flag(stream: io.BytesIO, bit: int) -> io.BytesIO:
    """As if the only file had this bit in its flags, here and in the directory."""
    content = bytearray(stream.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= bit
    return io.BytesIO(bytes(content))


def test_names_are_read_as_whoever_packed_them_saw_them():
    assert names(archive({"照片/非执业332026000001.jpg": b"x"})) == ["照片/非执业332026000001.jpg"]
    assert names(in_windows({"照片\\王小明.jpg": b"x", "张三.JPG": b"y"})) == ["照片/王小明.jpg", "张三.JPG"]
    assert Archive(in_windows({"张三.JPG": b"y"})).read("张三.JPG") == b"y"


def test_what_systems_leave_behind_and_folders_are_passed_over():
    left = {"a/": b"", "__MACOSX/a/._1.jpg": b"x", "a/.DS_Store": b"x", "Thumbs.db": b"x", "._2.jpg": b"x"}
    assert names(archive(left | {"a/1.jpg": b"x"})) == ["a/1.jpg"]


@pytest.mark.parametrize("name", ["../1.jpg", "a/../../1.jpg", "/etc/1.jpg", "C:\\1.jpg", "..\\1.jpg"])
def test_path_that_leads_elsewhere_is_not_read(name):
    packed = Archive(archive({name: b"x"}))
    assert packed.files[0].wrong == "path"
    with pytest.raises(FileRefused):
        packed.read(packed.files[0].name)


def test_links_empty_locked_and_swelling_files_are_named_for_what_they_are():
    assert wrong(archive([link()])) == ["link"]
    assert wrong(archive({"1.jpg": b""})) == ["empty"]
    assert wrong(with_flag(archive({"1.jpg": b"x"}), 1)) == ["encrypted"]
    assert wrong(archive({"1.jpg": bytes(5_000_000)}, method=zipfile.ZIP_DEFLATED)) == ["bomb"]
    assert wrong(archive({"1.jpg": b"x"}, method=zipfile.ZIP_BZIP2)) == ["method"]


def test_damaged_file_is_refused_alone():
    content = bytearray(archive({"1.jpg": b"first file", "2.jpg": b"second"}).getvalue())
    content[content.index(b"first file")] ^= 1
    packed = Archive(io.BytesIO(bytes(content)))
    with pytest.raises(FileRefused, match="损坏"):
        packed.read("1.jpg")
    assert packed.read("2.jpg") == b"second"


def test_size_that_the_archive_lies_about_is_not_believed(monkeypatch):
    monkeypatch.setattr(archives, "MAX_FILE", 1000)
    content = archive({"1.jpg": bytes(range(256)) * 40}).getvalue()
    assert wrong(io.BytesIO(content)) == ["large"]
    lied = content.replace(struct.pack("<I", 10240), struct.pack("<I", 900))
    with pytest.raises(FileRefused):
        Archive(io.BytesIO(lied)).read("1.jpg")


@pytest.mark.parametrize("content", [b"", b"x", b"Rar!\x1a\x07\x00", b"7z\xbc\xaf", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_is_refused_with_a_way_out(content):
    with pytest.raises(TableRefused, match="ZIP"):
        Archive(io.BytesIO(content))


def test_too_many_files_too_much_in_them_or_a_huge_directory_is_refused(monkeypatch):
    many = archive({f"{number}.jpg": b"xx" for number in range(6)})
    for bound, sentence in (("MAX_FILES", "100000"), ("MAX_UNPACKED", "4 GB"), ("MAX_DIRECTORY", "目录")):
        with monkeypatch.context() as patch, pytest.raises(TableRefused, match=sentence):
            patch.setattr(archives, bound, 5)
            Archive(many)


def test_directory_that_says_it_is_huge_is_not_read():
    content = bytearray(archive({"1.jpg": b"x"}).getvalue())
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 0xFFFFFFF0)
    with pytest.raises(TableRefused):
        Archive(io.BytesIO(bytes(content)))
