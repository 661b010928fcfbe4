"""People who do not exist: identity numbers name districts, and theirs names a whole city, as nobody's does."""

import io
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image, ImageDraw

from apps.people.selectors import with_check_digit

NOWHERE = "330100"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "安宁明远思齐文博雅静子涵"


@dataclass(frozen=True)
class Passer:
    """Somebody on the roll who has not applied yet."""

    name: str
    identity_number: str
    certificate_number: str
    certificate_on: date
    email: str


def invent_passer(today: date) -> Passer:
    """A passer of a few months ago, by chance: two journeys hardly ever meet the same one."""
    pick = secrets.SystemRandom()
    born = date(1985, 1, 1) + timedelta(days=pick.randrange(4000))
    certificate_on = today - timedelta(days=pick.randrange(30, 300))
    return Passer(
        name=pick.choice(SURNAMES) + pick.choice(GIVEN) + pick.choice(GIVEN),
        identity_number=with_check_digit(f"{NOWHERE}{born:%Y%m%d}{pick.randrange(1000):03d}"),
        certificate_number=f"QZ{certificate_on:%y}99{pick.randrange(100000):05d}",
        certificate_on=certificate_on,
        email=f"journey-{secrets.token_hex(6)}@example.org",
    )


def portrait() -> bytes:
    """A drawn head and shoulders on white, as a phone would upload it: PNG, larger than the rules ask."""
    picture = Image.new("RGB", (712, 880), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((236, 180, 476, 480), fill="#e3c4a8")
    draw.pieslice((230, 150, 482, 420), 180, 360, fill="#2b2523")
    draw.rectangle((320, 450, 392, 560), fill="#d8b698")
    draw.pieslice((120, 540, 592, 1180), 180, 360, fill="#1f4e79")
    for x in (300, 400):
        draw.ellipse((x - 9, 322, x + 9, 340), fill="#2b2523")
    draw.arc((310, 370, 402, 430), 20, 160, fill="#8a4b3c", width=6)
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()
