"""What was sent about a case, and how it went."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from apps.core.encryption import blind_index
from apps.core.errors import DataKeyDestroyed
from apps.mail.enums import LOST_STATES, TAKEN_STATES, Channel, MessageState
from apps.mail.models import Message

TONES = {
    MessageState.QUEUED: "info",
    MessageState.SENT: "info",
    MessageState.DELIVERED: "done",
    MessageState.BOUNCED: "refused",
    MessageState.FAILED: "refused",
}


def messages_of_case(case: str) -> QuerySet[Message]:
    """What was sent about a case and how it went, oldest first. The words stay sealed."""
    return Message.objects.filter(case=case).select_related("data_key").order_by("created_at", "id")


def messages_for(case: str, purpose: str) -> QuerySet[Message]:
    """The message of this purpose on every channel, with its repetitions (`purpose:2` and so on)."""
    return messages_of_case(case).filter(Q(purpose=purpose) | Q(purpose__startswith=f"{purpose}:"))


def was_received(case: str, purpose: str) -> bool:
    """Whether the message was taken by the other side on any channel and has not come back."""
    return messages_for(case, purpose).filter(state__in=TAKEN_STATES).exists()


def is_under_way(case: str, purpose: str) -> bool:
    """Whether it still waits to be sent: nobody can say yet whether it arrives."""
    return messages_for(case, purpose).filter(state=MessageState.QUEUED).exists()


def received_messages() -> QuerySet[Message]:
    """For a list: every message that was taken and has not come back."""
    return Message.objects.filter(state__in=TAKEN_STATES)


def address_index(address: str) -> str:
    return blind_index("mail.address", address.strip().lower())


@dataclass(frozen=True)
class Delivery:
    """One message as a person may read of it: what, by which way, how it went. components/deliveries.html shows it."""

    message_id: object
    subject: str
    channel: str
    state: str
    address: str
    """Masked: enough to know which address it was."""
    at: datetime
    replaced: bool
    """The second channel has taken over."""

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> str:
        return MessageState(self.state).label

    @property
    def channel_label(self) -> str:
        return Channel(self.channel).label

    @property
    def is_lost(self) -> bool:
        return self.state in LOST_STATES


def deliveries_of_case(case: str) -> list[Delivery]:
    """Every message about a case but its one-time codes, the latest first."""
    rows = messages_of_case(case).filter(is_secret=False, purged_at=None).select_related("followed_by", "data_key")
    return [_delivery(message) for message in reversed(rows)]


def _delivery(message: Message) -> Delivery:
    return Delivery(
        message_id=message.pk,
        subject=_opened(message, "subject"),
        channel=message.channel,
        state=message.state,
        address=mask_address(_opened(message, "address")),
        at=message.reported_at or message.sent_at or message.created_at,
        replaced=hasattr(message, "followed_by"),
    )


def _opened(message: Message, part: str) -> str:
    try:
        return message.open_part(part)
    except DataKeyDestroyed:
        return ""


def mask_address(address: str) -> str:
    """l***@example.org, +86138****0000."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{address[:-8]}****{address[-4:]}" if len(address) > 8 else "****"
