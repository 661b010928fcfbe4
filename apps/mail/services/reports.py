"""What other servers report of our messages: delivery status notifications (RFC 3464), and gateways' own reports."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from django.db import transaction

from apps.mail.enums import TAKEN_STATES, MessageState
from apps.mail.models import Message
from apps.mail.services.second_channel import go_by_second_channel

OUR_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
"""The Message-ID that delivery.py gives."""
ACTIONS = {"failed": MessageState.BOUNCED, "delivered": MessageState.DELIVERED}
"""`delayed`, `relayed` and `expanded` (RFC 3464, section 2.3.3) decide nothing yet."""
STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")


def record_report(raw: bytes, *, now: datetime) -> int:
    """Take one report as it came by mail; returns how many messages it changed. What is no report changes none."""
    mail = message_from_bytes(raw, policy=policy.default)
    message_id, changed = _message_of(mail), 0
    if message_id is None:
        return 0
    for fields in _recipients(mail):
        state = ACTIONS.get(str(fields.get("Action", "")).strip().lower())
        status = STATUS.search(str(fields.get("Status", "")))
        if state:
            changed += record_outcome(message_id, state, now=now, status=status[0] if status else "")
    return changed


@transaction.atomic
def record_outcome(message_id: UUID, state: str, *, now: datetime, status: str = "") -> bool:
    """DELIVERED or BOUNCED, of a message that had gone; a late bounce outweighs a delivery. False: nothing changed.

    What comes back goes by the second channel in the same transaction.
    """
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("data_key")
        .filter(pk=message_id, state__in=TAKEN_STATES)
        .exclude(state=state)
        .first()
    )
    if message is None:
        return False
    message.state, message.reported_at, message.last_error = state, now, status
    message.save(update_fields=["state", "reported_at", "last_error"])
    if state == MessageState.BOUNCED:
        go_by_second_channel(message, now=now)
    return True


def _recipients(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The groups of fields of the report, one a recipient; the first group is about the message and has no Action."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (group for group in part.iter_parts() if "Action" in group)


def _message_of(mail: EmailMessage) -> UUID | None:
    """Which message the report is about: the returned headers carry our own Message-ID."""
    for part in mail.walk():
        if part is mail:
            continue
        kind = part.get_content_type()
        text = str(part.get("Message-ID", ""))
        if kind == "text/rfc822-headers":
            text = part.get_payload(decode=True).decode("ascii", "replace")
        if found := OUR_ID.search(text):
            return UUID(found[1])
    found = OUR_ID.search(f"{mail.get('In-Reply-To', '')} {mail.get('References', '')}")
    return UUID(found[1]) if found else None
