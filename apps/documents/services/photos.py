"""The portrait that the rules ask for, made from whatever a phone or a scanner gives."""

from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from apps.core.errors import PortalError

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "HEIF")
MAX_UPLOAD = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
"""Larger than any phone's usual photo; beyond it a small file could fill the memory when unpacked."""
QUALITIES = (95, 92, 88, 84, 80, 75, 70, 64, 58, 50, 42, 34, 26)


class UploadRefused(PortalError):
    """The upload cannot be used. The message says what is wrong and how to mend it."""

    code = "upload_refused"


class WrongSize(UploadRefused):
    """Too few pixels, too many, or too many bytes."""


@dataclass(frozen=True)
class PhotoRule:
    """What the register takes (domain.md, section 3): one inch, 178 x 220 pixels, JPEG of 2 to 20 KB."""

    width: int = 178
    height: int = 220
    min_bytes: int = 2 * 1024
    max_bytes: int = 20 * 1024


def accept_photo(upload, rule: PhotoRule = PhotoRule()) -> bytes:
    """A JPEG by `rule` from an uploaded file: type by content, turned upright, cropped, re-encoded without metadata.

    Raises UploadRefused with a sentence for the person who uploaded it.
    """
    picture = _open(_content(upload), rule)
    return _encode(_cropped(picture, rule), rule)


def _content(upload) -> bytes:
    if upload.size == 0:
        raise UploadRefused(_("您上传的照片文件是空的（0 字节）。请重新选择照片，例如手机相册里的一张 JPG 照片。"))
    if upload.size > MAX_UPLOAD:
        raise WrongSize(
            _("照片文件有 %(size)s MB，超过了 20 MB。请选择小一些的照片，或先用手机相册的“编辑”裁剪后再上传。")
            % {"size": -(-upload.size // (1024 * 1024))}
        )
    upload.seek(0)
    return upload.read()


def _open(content: bytes, rule: PhotoRule) -> Image.Image:
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder given a hostile file raises whatever it likes
        raise _not_a_photo() from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(picture.size) < rule.width or max(picture.size) < rule.height:
        raise WrongSize(
            _("照片太小（%(width)s×%(height)s 像素）。请上传不小于 %(min_width)s×%(min_height)s 像素的照片。")
            % {
                "width": picture.width,
                "height": picture.height,
                "min_width": rule.width,
                "min_height": rule.height,
            }
        )
    return _decoded(picture, rule)


def _decoded(picture: Image.Image, rule: PhotoRule) -> Image.Image:
    try:
        picture.draft("RGB", (rule.width * 3, rule.height * 3))  # a JPEG of 50 megapixels need not be unpacked whole
        return _on_white(ImageOps.exif_transpose(picture))
    except Exception as error:
        raise _not_a_photo() from error


def _on_white(picture: Image.Image) -> Image.Image:
    """As RGB; what is transparent becomes white, the background that the rules ask for."""
    if picture.mode.startswith("I;16") or picture.mode == "I":
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    sheet = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(sheet, picture).convert("RGB")


def _cropped(picture: Image.Image, rule: PhotoRule) -> Image.Image:
    """Cut to the ratio of the rule, a little above the middle, where the face is."""
    return ImageOps.fit(picture, (rule.width, rule.height), Image.Resampling.LANCZOS, centering=(0.5, 0.4))


def _encode(picture: Image.Image, rule: PhotoRule) -> bytes:
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)  # pixels only: nothing the camera wrote about time and place comes along
    for quality in QUALITIES:
        out = BytesIO()
        clean.save(out, "JPEG", quality=quality, optimize=True, dpi=(180, 180))
        if len(out.getvalue()) <= rule.max_bytes:
            break
    if len(out.getvalue()) < rule.min_bytes:
        raise UploadRefused(_("照片几乎是空白的，看不到人像。请上传本人近一年内的白底正面免冠照片。"))
    return out.getvalue()


def _not_a_photo() -> UploadRefused:
    return UploadRefused(
        _("这个文件不是可以读取的照片（也许已损坏，或只是改了文件名）。请上传 JPG、PNG 或 HEIC 格式的照片。")
    )


def _too_many_pixels() -> UploadRefused:
    return WrongSize(
        _("照片的像素太多（超过 6000 万），无法处理。请用手机重新拍摄，或缩小尺寸后再上传，例如 3000×4000 像素。")
    )
