"""What a PDF that somebody holds is worth: are its seals whole, are they ours, and is it the file that was issued?

`pdfsig` accepts a page changed after sealing, and pyHanko accepts bytes after the end: so a file counts only where the
last seal, or a time stamp over the whole document, covers every byte, and in the end where its SHA-256 is that of a
file we stored. A chain is judged as of the time of sealing, so an old file outlives the certificate of its key.
"""

import hashlib
import json
import logging
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

from django.utils.translation import gettext_lazy as _

from apps.certificates.enums import PdfProblem
from apps.certificates.services.examining import PdfCheck, SealCheck, check_seals
from apps.certificates.services.seal_keys import stamp_roots, trust_roots
from apps.core.errors import PortalError

logger = logging.getLogger(__name__)

EXAMINER = Path(__file__).parent / "examining.py"
TIME_LIMIT = 15
"""Seconds by the clock; the program has eight of the processor's."""
AT_ONCE = 2
"""Strangers' files examined at the same time by one web process: its other threads stay free."""
WAIT = 3

_places = BoundedSemaphore(AT_ONCE)


class ExaminersBusy(PortalError):
    code = "examiners_busy"
    message = _("现在有很多人在查验文件。请过一分钟再选择文件查验一次；也可以现在就用查验码查验。")


def check_pdf(content: bytes, *, now: datetime, sealed_at: datetime | None = None) -> PdfCheck:
    """For a file of our own making, in this process; `sealed_at` is what our own row says."""
    return check_seals(content, trust_roots(), stamp_roots(), sealed_at=sealed_at, now=now)


def examine_pdf(content: bytes, *, now: datetime) -> PdfCheck:
    """For a file of a stranger: in a process of its own, whatever it does there. Raises ExaminersBusy."""
    if not _places.acquire(timeout=WAIT):
        raise ExaminersBusy
    try:
        found = _examined(content, now=now)
    finally:
        _places.release()
    return replace(found, sha256=hashlib.sha256(content).hexdigest())


def _examined(content: bytes, *, now: datetime) -> PdfCheck:
    seals, stamps = ([root.dump() for root in roots] for roots in (trust_roots(), stamp_roots()))
    frames = [now.isoformat().encode(), content, *seals, b"", *stamps]
    sent = b"".join(struct.pack(">I", len(frame)) + frame for frame in frames)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(EXAMINER)], input=sent, capture_output=True, timeout=TIME_LIMIT
        )
        found = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        return PdfCheck("", readable=False, problem=PdfProblem.TOO_HEAVY)
    if not found:
        logger.warning("a PDF ended its examiner with status %s", done.returncode)
        return PdfCheck("", readable=False, problem=PdfProblem.TOO_HEAVY)
    return PdfCheck(**found | {"seals": tuple(SealCheck(**seal) for seal in found["seals"])})
