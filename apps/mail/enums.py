from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    QUEUED = "queued", _("等待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
