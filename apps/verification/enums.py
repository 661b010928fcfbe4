"""What a member can show by a link, and what became of a link."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SECRET_BYTES = 16
MOST_LIVE_LINKS = 20
MOST_OPENINGS = 50
MOST_DAYS = 90


class SharedField(TextChoices):
    """Beyond the masked verdict, which every link shows."""

    NAME = "name", _("全名")
    NUMBER = "number", _("会员编号")
    FIRM = "firm", _("所在会计师事务所")
    PHOTO = "photo", _("会员证上的照片")


class LinkState(TextChoices):
    """Computed when asked: what depends on today is not kept."""

    OPEN = "open", _("可以打开")
    EXPIRED = "expired", _("已到期")
    USED_UP = "used_up", _("次数已用完")
    REVOKED = "revoked", _("已收回")


class Device(TextChoices):
    """Where an opening came from, no finer than the holder needs to recognise it."""

    PHONE = "phone", _("手机或平板")
    COMPUTER = "computer", _("电脑")
    OTHER = "other", _("其他程序")
