import struct
import zlib
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from apps.documents.services import UploadRefused, accept_photo
from tests.factories.documents import photo_upload, picture, picture_bytes


def accepted(content, name="photo.jpg") -> Image.Image:
    photo = accept_photo(photo_upload(content, name))
    assert 2 * 1024 <= len(photo) <= 20 * 1024
    image = Image.open(BytesIO(photo))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (178, 220))
    return image


@pytest.mark.parametrize("size", [(178, 220), (600, 800), (4000, 3000), (300, 3000)])
def test_jpeg_of_any_size_becomes_the_register_photo(size):
    accepted(picture_bytes(picture(*size)))


def test_png_with_transparency_gets_a_white_background():
    clear = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    clear.paste(picture(300, 400), (150, 300))
    assert min(accepted(picture_bytes(clear, "PNG")).getpixel((2, 2))) > 240


def test_heic_from_a_phone_is_taken_whatever_its_name_says():
    out = BytesIO()
    pillow_heif.from_pillow(picture()).save(out, quality=80)
    accepted(out.getvalue(), "IMG_0001.txt")


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "I;16"])
def test_unusual_colour_modes_are_converted(mode):
    source = picture().convert("L").convert("I").point(lambda v: v * 256).convert("I;16") if mode == "I;16" else None
    source = source or picture().convert(mode)
    accepted(picture_bytes(source, "JPEG" if mode == "CMYK" else "PNG"))


def test_noise_that_compresses_badly_still_fits_20_kilobytes():
    accepted(picture_bytes(Image.effect_noise((356, 440), 120)))


def test_photo_taken_sideways_is_turned_and_loses_its_metadata():
    sideways = picture(800, 600)
    sideways.paste((255, 0, 0), (0, 0, 400, 600))  # the left half becomes the top
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x9286] = "home address"
    image = accepted(picture_bytes(sideways, exif=exif.tobytes()))
    red, _green, blue = image.getpixel((89, 20))
    assert red > 200 > 90 > blue
    assert not image.getexif()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "0 字节"),
        (b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024), "20 MB"),
        ("姓名,证件号码\n".encode() * 50, "不是可以读取的照片"),
        (b"%PDF-1.7\n", "不是可以读取的照片"),
        (picture_bytes()[:3000], "不是可以读取的照片"),
        (picture_bytes(picture(100, 120)), "100×120"),
        (picture_bytes(picture(colour="white")), "空白"),
        (picture_bytes(picture(), "GIF"), "不是可以读取的照片"),
    ],
    ids=["empty", "30 MB", "renamed text", "pdf", "cut off", "too small", "blank", "gif"],
)
def test_unusable_upload_is_refused_with_the_reason(content, says):
    with pytest.raises(UploadRefused) as refusal:
        accept_photo(photo_upload(content))
    assert says in str(refusal.value)


def test_decompression_bomb_is_refused_unopened():
    with pytest.raises(UploadRefused, match="像素太多"):
        accept_photo(photo_upload(png_that_claims(30_000, 30_000)))
    with pytest.raises(UploadRefused, match="像素太多"):
        accept_photo(photo_upload(png_that_claims(9_000, 9_000)))


def png_that_claims(width, height) -> bytes:
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
