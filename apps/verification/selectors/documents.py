"""Which document is it? Certificates are asked first, then the other kinds; each computes its own verdict, live."""

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from apps.certificates import selectors as certificates
from apps.certificates.enums import VerdictWord
from apps.certificates.selectors import Line, Verdict, register_line
from apps.letters.selectors import verdict_for_letter_code, verdict_for_letter_file

BY_CODE = (certificates.verdict_for_code, verdict_for_letter_code)
"""Each takes a code as it was typed, and answers None where the code is none of its own."""

BY_FILE = (certificates.verdict_for_file, verdict_for_letter_file)
"""Each takes the SHA-256 of a file, and answers None where it stored no such file."""


def verdict_for_code(typed: str, *, now: datetime) -> Verdict:
    """For a code from a QR or typed in."""
    for ask in BY_CODE:
        if verdict := ask(typed, now=now):
            return verdict
    line = Line(_("没有这个查验码的文件"), holds=False)
    return Verdict(VerdictWord.UNKNOWN, now, (line, register_line(now)))


def standing_on(typed: str, day: date) -> Line | None:
    """What the register, as known today, says of the holder's membership on a day; of a certificate's holder only."""
    return certificates.standing_on(typed, day)


def verdict_for_file(sha256: str, *, now: datetime) -> Verdict | None:
    """For a file that has exactly the bytes of one that we issued, or of its known upgrade by a later time stamp."""
    sha256 = certificates.original_sha256(sha256)
    verdict = next((verdict for ask in BY_FILE if (verdict := ask(sha256, now=now))), None)
    return replace(verdict, evidence=sha256) if verdict and certificates.shared_stamp_time(sha256) else verdict
