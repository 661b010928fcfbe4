"""What other rooms may ask of mail."""

from apps.mail.services.delivery import retry_failed_message, send_due, send_urgent
from apps.mail.services.reports import record_outcome, record_report
from apps.mail.services.second_channel import send_again
from apps.mail.services.writing import send_mail, send_message

__all__ = [
    "record_outcome",
    "record_report",
    "retry_failed_message",
    "send_again",
    "send_due",
    "send_mail",
    "send_message",
    "send_urgent",
]
