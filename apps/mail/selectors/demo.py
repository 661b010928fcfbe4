"""The demo has no outside world: what it has sent lies in a folder, and is read from there."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from apps.mail.enums import Channel


@dataclass(frozen=True)
class SentMail:
    """A mail or text message as it lies in the demo's folder."""

    to: str
    subject: str
    sent_at: datetime
    text: str
    is_sms: bool = False


def demo_mailbox(folder: Path, *, to: str = "", limit: int = 50) -> list[SentMail]:
    """What the demo has sent, newest first; only to one address, if one is given."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    mails = (mail for file in files for mail in _mails_in(file))
    wanted = to.strip().lower()
    return list(islice((mail for mail in mails if not wanted or wanted in mail.to.lower()), limit))


def _mails_in(file: Path) -> list[SentMail]:
    """Django's file back end ends each mail with a line of dashes; the newest is the last."""
    parts = [part.strip() for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")]
    return [_parsed(part) for part in reversed(parts) if part]


def _parsed(raw: bytes) -> SentMail:
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    return SentMail(
        str(mail["To"]),
        str(mail["Subject"]),
        parsedate_to_datetime(str(mail["Date"])),
        body.get_content() if body else "",
        mail.get("X-Channel") == Channel.SMS,
    )
