"""Queued messages go out: claimed with a lease, tried with back-off, and each once as far as the channel allows.

A worker that dies after the server has taken a mail and before the row says so makes it go out again, with the
same Message-ID, so that the receiving side can tell. What fails for good goes by the second channel, once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from apps.mail.enums import Channel, MessageState
from apps.mail.models import Message
from apps.mail.services.second_channel import go_by_second_channel
from apps.mail.services.sms import gateway

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=2)
"""Longer than any one sending may take (EMAIL_TIMEOUT)."""
FIRST_PAUSE = timedelta(seconds=10)


def send_due(*, clock, limit: int = 100) -> int:
    """Send what is due, the urgent first; returns how many were tried. Safe in any number of processes at once."""
    tried = 0
    while tried < limit and (message := _claim_urgent(clock()) or claim_message(now=clock())):
        _send(message, clock=clock)
        tried += 1
    return tried


def send_urgent(*, clock, limit: int = 100) -> int:
    """Send nothing but what is urgent, in one process at a time: a mail server that hangs holds up only that one."""
    with _the_only_one() as is_mine:
        tried = 0
        while is_mine and tried < limit and (message := _claim_urgent(clock())):
            _send(message, clock=clock)
            tried += 1
        return tried


@contextmanager
def _the_only_one() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended('mail.send_urgent', 0))")
        [is_mine] = cursor.fetchone()
        try:
            yield is_mine
        finally:
            if is_mine:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended('mail.send_urgent', 0))")


def _claim_urgent(now: datetime) -> Message | None:
    return claim_message(now=now, is_urgent=True)


def claim_message(*, now: datetime, **such) -> Message | None:
    """The oldest message that is due, moved out of the others' sight for the lease."""
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=MessageState.QUEUED, due_at__lte=now, **such)
            .select_related("data_key")
            .order_by("due_at", "id")
            .first()
        )
        if message is None:
            return None
        message.attempts += 1
        message.due_at = now + LEASE
        message.save(update_fields=["attempts", "due_at"])
        return message


def retry_failed_message(message_id, *, now: datetime) -> None:
    """Give a message that failed too often another round; one whose words were purged cannot go."""
    Message.objects.filter(pk=message_id, state=MessageState.FAILED, purged_at__isnull=True).update(
        state=MessageState.QUEUED, attempts=0, due_at=now
    )


def _send(message: Message, *, clock) -> None:
    try:
        _hand_over(message, now=clock())
    except Exception as error:
        logger.warning("mail %s was not sent (attempt %s): %s", message.pk, message.attempts, type(error).__name__)
        _note_failure(message, error, now=clock())
    else:
        _finish(message, state=MessageState.SENT, now=clock(), last_error="")


def _hand_over(message: Message, *, now: datetime) -> None:
    if message.channel == Channel.SMS:
        to, text = message.open_part("address"), message.open_part("text")
        gateway().send(to=to, text=text, message_id=str(message.pk), now=now)
        return
    _as_mail(message).send()


def _as_mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.open_part("subject"),
        body=message.open_part("text"),
        from_email=settings.MAIL_BOUNCES_TO or settings.DEFAULT_FROM_EMAIL,
        to=[message.open_part("address")],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{message.pk}@{_sender_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if html := message.open_part("html"):
        mail.attach_alternative(html, "text/html")
    return mail


def _sender_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _note_failure(message: Message, error: Exception, *, now: datetime) -> None:
    """The error's kind only: a mail server's words may carry the address."""
    last_error = type(error).__name__
    if message.attempts >= MAX_ATTEMPTS:
        _finish(message, state=MessageState.FAILED, now=now, last_error=last_error)
        return
    pause = FIRST_PAUSE * 3 ** (message.attempts - 1)
    _still_queued(message).update(due_at=now + pause, last_error=last_error)


@transaction.atomic
def _finish(message: Message, *, state: str, now: datetime, last_error: str) -> None:
    changes = {"state": state, "last_error": last_error, "sent_at": now if state == MessageState.SENT else None}
    if message.is_secret:
        changes |= {"subject": None, "text": None, "html": None, "purged_at": now}
    if _still_queued(message).update(**changes) and state == MessageState.FAILED:
        go_by_second_channel(message, now=now)


def _still_queued(message: Message):
    return Message.objects.filter(pk=message.pk, state=MessageState.QUEUED)
