"""Text messages leave through one small class, named by settings.SMS_GATEWAY; without one there is no such channel.

A gateway is made with settings.SMS_OPTIONS as keywords and has one method, `send(to=…, text=…, message_id=…,
now=…)`: `to` in E.164, any exception means "not taken, try again". What became of a message is reported at
/mail/bounces/.
"""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from apps.mail.enums import Channel


def has_gateway() -> bool:
    return bool(settings.SMS_GATEWAY)


def gateway():
    return import_string(settings.SMS_GATEWAY)(**settings.SMS_OPTIONS)


class FileGateway:
    """For the demo: each text message is a file in the folder where the demo's mail lies."""

    def __init__(self, folder: str):
        self.folder = Path(folder)

    def send(self, *, to: str, text: str, message_id: str, now: datetime) -> None:
        note = EmailMessage()
        note["To"], note["Subject"], note["Date"] = to, text[:40], format_datetime(now)
        note["X-Channel"] = str(Channel.SMS)
        note.set_content(text)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"sms-{message_id}.log").write_bytes(note.as_bytes())


class MemoryGateway:
    """For tests: what was sent stands in `outbox`."""

    outbox: list[dict] = []

    def send(self, *, to: str, text: str, message_id: str, now: datetime) -> None:
        self.outbox.append({"to": to, "text": text, "message_id": message_id})
