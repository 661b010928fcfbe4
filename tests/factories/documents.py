"""Pictures and files for tests."""

import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.core.clock import now as present
from apps.documents.services import store_file


def picture(width=600, height=800, colour=None) -> Image.Image:
    """A picture with enough in it to be more than 2 KB; or one plain colour."""
    if colour is not None:
        return Image.new("RGB", (width, height), colour)
    rough = Image.frombytes("RGB", (24, 30), random.Random(1).randbytes(24 * 30 * 3))
    return rough.resize((width, height), Image.Resampling.BICUBIC)


def picture_bytes(image=None, format="JPEG", **options) -> bytes:
    out = BytesIO()
    (image or picture()).save(out, format, **options)
    return out.getvalue()


def photo_upload(content=None, name="photo.jpg", content_type="image/jpeg") -> SimpleUploadedFile:
    """What a form hands over; a good portrait unless `content` says otherwise."""
    return SimpleUploadedFile(name, picture_bytes() if content is None else content, content_type)


def make_file(content=b"content", media_type="application/octet-stream", purpose="test", data_key=None, now=None):
    return store_file(content=content, media_type=media_type, purpose=purpose, data_key=data_key, now=now or present())
