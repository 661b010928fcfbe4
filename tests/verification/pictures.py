"""Invented pictures of a QR: as a screenshot has it, as a phone sees it."""

import io

import pillow_heif
import qrcode
from PIL import Image, ImageFilter

pillow_heif.register_heif_opener()


def qr(text: str, *, module: int = 8) -> Image.Image:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, box_size=module, border=4)
    code.add_data(text)
    code.make(fit=True)
    return code.make_image().get_image().convert("RGB")


def encoded(image: Image.Image, kind: str = "PNG", **how) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def screenshot(text: str) -> Image.Image:
    """The code within a page, among other things."""
    page = Image.new("RGB", (1170, 2532), "#f6f5f1")
    page.paste(Image.new("RGB", (1000, 60), "#16243a"), (60, 200))
    page.paste(qr(text, module=5), (300, 900))
    return page


def at_an_angle(text: str) -> Image.Image:
    """Paper on a dark desk, seen from the side: trapezoid, turned, unsharp, unevenly lit."""
    paper = Image.new("RGB", (1600, 1131), "white")
    code = qr(text, module=6)
    paper.paste(code.resize((340, 340)), (90, 700))
    desk = Image.new("RGB", (2000, 1500), "#3b2f27")
    desk.paste(paper, (200, 180))
    corners = (120, 60, -80, 1480, 2080, 1390, 1860, 160)
    seen = desk.transform(desk.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    lit = Image.blend(seen, Image.linear_gradient("L").resize(seen.size).convert("RGB"), 0.25)
    return lit.rotate(11, expand=True, fillcolor="#3b2f27").filter(ImageFilter.GaussianBlur(1.2))
