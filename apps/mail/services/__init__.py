"""What other rooms may ask of mail."""

from apps.mail.services.delivery import retry_failed_message, send_due
from apps.mail.services.writing import send_mail

__all__ = ["retry_failed_message", "send_due", "send_mail"]
