"""What looks wrong, and how far a tip is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TipSubject(TextChoices):
    FORGED = "forged", _("像是伪造的会员证或证明信")
    PHOTO = "photo", _("照片不是持证人本人")
    CONTENT = "content", _("姓名、编号或其他内容与查验结果不一样")
    ELSEWHERE = "elsewhere", _("二维码打开的是别的网站")
    OTHER = "other", _("其他")


class TipState(TextChoices):
    OPEN = "open", _("待处理")
    ANSWERED = "answered", _("已处理")


class TipAction(TextChoices):
    ANSWER = "answer", _("处理完毕")
