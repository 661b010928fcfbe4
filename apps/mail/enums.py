from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")


class MessageState(TextChoices):
    """SENT: the next server or the gateway took it. What happened after that, a report tells, if one comes."""

    QUEUED = "queued", _("等待发送")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    BOUNCED = "bounced", _("被退回")
    FAILED = "failed", _("没有发出")


TAKEN_STATES = frozenset({MessageState.SENT, MessageState.DELIVERED})
"""Accepted, and not come back as far as we know: the law's "told" rests on these."""

LOST_STATES = frozenset({MessageState.BOUNCED, MessageState.FAILED})
