"""Read the QR codes in a hostile picture. Run as a program of its own, with hard limits, knowing nothing else.

    python -I picture_reader.py < picture > answer

The answer is a JSON list of what the codes say, the largest first. Exit status 3 with a word on the error stream where
the picture cannot be used: "broken", "too_heavy". The parent takes every other ending for "too heavy".
"""

import io
import json
import resource
import sys

MEMORY = 768 * 1024**2
SECONDS = 10
MOST_PIXELS = 60_000_000
SIDES = (2400, 4096, 1200, 640)
"""Longest sides at which we look, the likeliest first: noise goes as a picture shrinks, fine modules go, too."""
MOST_CODES = 8


class Refused(Exception):
    pass


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = codes(opened(sys.stdin.buffer.read()))
    except Refused as refusal:
        sys.stderr.write(str(refusal))
        return 3
    except MemoryError:
        sys.stderr.write("too_heavy")
        return 3
    json.dump(found, sys.stdout)
    return 0


def opened(content: bytes):
    """Upright, grey, on white."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "HEIF", "WEBP", "GIF", "BMP"))
        if image.width * image.height > MOST_PIXELS:
            raise Refused("too_heavy")
        image.draft("L", (max(SIDES), max(SIDES)))
        image.thumbnail((max(SIDES), max(SIDES)))
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Refused("too_heavy") from error
    except Exception as error:  # a decoder given a hostile file raises whatever it likes
        raise Refused("broken") from error
    sheet = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(sheet, upright).convert("L")


def codes(image) -> list[str]:
    from PIL import ImageOps

    for side in SIDES:
        sized = image.copy()
        sized.thumbnail((side, side))
        found = _read(sized) or _read(ImageOps.autocontrast(sized, cutoff=2))
        if found:
            return found
    return []


def _read(image) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in sorted(found, key=_width, reverse=True)][:MOST_CODES]


def _width(code) -> int:
    corners = code.position
    return abs(corners.bottom_right.x - corners.top_left.x)


if __name__ == "__main__":
    sys.exit(main())
