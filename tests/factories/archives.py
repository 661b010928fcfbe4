"""Archives of photos as people (and worse) pack them."""

import io
import zipfile

from PIL import ImageDraw

from tests.factories.documents import picture, picture_bytes


def archive(files: dict[str, bytes] | list[tuple], *, method=zipfile.ZIP_STORED) -> io.BytesIO:
    """A ZIP of name by content; a name may be a ZipInfo, and stand there twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in files.items() if isinstance(files, dict) else files:
            packed.writestr(name, content)
    out.seek(0)
    return out


def in_windows(files: dict[str, bytes]) -> io.BytesIO:
    """As Windows packs Chinese names: in GB18030, without saying so."""
    marked = {name: f"{'x' * len(name.encode('gb18030'))}" for name in files}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number, (name, content) in enumerate(files.items()):
            stand_in = marked[name][:-2] + f"{number:02d}"
            packed.writestr(stand_in, content)
    bytes_of = out.getvalue()
    for number, name in enumerate(files):
        stand_in = marked[name][:-2] + f"{number:02d}"
        bytes_of = bytes_of.replace(stand_in.encode(), name.encode("gb18030"))
    return io.BytesIO(bytes_of)


def face(colour="#225533", size=(300, 380)) -> bytes:
    """An invented portrait, drawn."""
    sheet = picture(*size)
    draw = ImageDraw.Draw(sheet)
    width, height = size
    draw.ellipse((width * 0.25, height * 0.12, width * 0.75, height * 0.65), fill="#e0b090")
    draw.ellipse((width * 0.1, height * 0.68, width * 0.9, height * 1.4), fill=colour)
    return picture_bytes(sheet)
