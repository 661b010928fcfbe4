"""Who is told what, in which words. Every message names the case, the office and a phone, and goes out once."""

from apps.notifications.services.applications import (
    tell_of_admission,
    tell_of_appeal,
    tell_of_appeal_decided,
    tell_of_certificate,
    tell_of_correction,
    tell_of_end,
    tell_of_message,
    tell_of_receipt,
    tell_of_refusal,
    tell_of_undoing,
)
from apps.notifications.services.photos import tell_of_declined_photo
from apps.notifications.services.reminders import (
    tell_of_erased_draft,
    tell_of_waiting_correction,
    tell_of_waiting_draft,
)

__all__ = [
    "tell_of_admission",
    "tell_of_appeal",
    "tell_of_appeal_decided",
    "tell_of_certificate",
    "tell_of_correction",
    "tell_of_declined_photo",
    "tell_of_end",
    "tell_of_erased_draft",
    "tell_of_message",
    "tell_of_receipt",
    "tell_of_refusal",
    "tell_of_undoing",
    "tell_of_waiting_correction",
    "tell_of_waiting_draft",
]
