"""The QR in a picture that somebody sends: a screenshot, a photo at an angle, a HEIC from a phone. It is not kept.

Nobody is ever led to where a QR points: of ours we take the code, of any other we name the host, as a warning.
"""

import json
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.certificates.enums import VerdictWord
from apps.certificates.selectors import Line, Verdict, is_code, normalise_code
from apps.certificates.services import ExaminersBusy
from apps.core.errors import PortalError

logger = logging.getLogger(__name__)

READER = Path(__file__).parent / "picture_reader.py"
TIME_LIMIT = 15
AT_ONCE, WAIT = 2, 3
PORTS = {"http": 80, "https": 443}
FRAGMENT = re.compile(r"[0-9A-Z$%*+\-./:]{1,600}")

_places = BoundedSemaphore(AT_ONCE)


class PictureUnread(PortalError):
    code = "picture_unread"


@dataclass(frozen=True)
class QrFound:
    """`code` where the QR is ours, else where it leads: a host, or nothing where it is no address at all."""

    code: str = ""
    fragment: str = ""
    """Behind the `#`: for the page alone, handed back to it."""
    leads_to: str = ""


def qr_in_picture(content: bytes) -> QrFound:
    """Ours, if there is one of ours. Raises PictureUnread with what to do, ExaminersBusy."""
    texts = _texts(content)
    if not texts:
        raise PictureUnread(
            _("图片上没有找到二维码。请把二维码拍满画面、拍清楚、不要反光，再试一次；也可以填写二维码旁的查验码。")
        )
    found = [_understood(text) for text in texts]
    return next((qr for qr in found if qr.code), found[0])


def verdict_on_foreign_qr(found: QrFound, *, now: datetime) -> Verdict:
    """The warning of a forgery."""
    text = (
        gettext("二维码指向别处：%(host)s") % {"host": found.leads_to}
        if found.leads_to
        else gettext("二维码里不是查验地址")
    )
    return Verdict(VerdictWord.FOREIGN, now, (Line(text, holds=False),))


def _understood(text: str) -> QrFound:
    try:
        address = urlsplit(text.strip())
        host, path = (address.hostname or ""), unquote(address.path)
        port = address.port or PORTS.get(address.scheme.lower())
    except ValueError:
        return QrFound()
    if (host, port) != _our_host() or address.scheme.lower() not in PORTS:
        return QrFound(leads_to=_shown(host))
    code = normalise_code(path.removeprefix("/v/"))
    if not path.startswith("/v/") or not is_code(code):
        return QrFound(leads_to=host)
    fragment = address.fragment if FRAGMENT.fullmatch(address.fragment) else ""
    return QrFound(code=code, fragment=fragment)


def _our_host() -> tuple[str | None, int | None]:
    ours = urlsplit(settings.PUBLIC_URL)
    return ours.hostname, ours.port or PORTS.get(ours.scheme)


def _shown(host: str) -> str:
    """In ASCII, so that a letter of another script does not pass for one of ours."""
    try:
        return host.encode("idna").decode()[:100]
    except UnicodeError:
        return ascii(host)[1:-1][:100]


def _texts(content: bytes) -> list[str]:
    if not _places.acquire(timeout=WAIT):
        raise ExaminersBusy
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(READER)], input=content, capture_output=True, timeout=TIME_LIMIT
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy() from error
    finally:
        _places.release()
    if done.returncode == 0:
        return json.loads(done.stdout)
    if done.stderr == b"broken":
        raise PictureUnread(_("我们打不开这张图片。请换一张 JPG、PNG 或 HEIC 图片；手机拍的照片和截图都可以。"))
    logger.warning("a picture ended its reader with status %s", done.returncode)
    raise _too_heavy()


def _too_heavy() -> PictureUnread:
    return PictureUnread(_("图片太大，我们没有在规定时间内读完。请只拍二维码，或者截图后再试一次。"))
