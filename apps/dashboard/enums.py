"""How a reader wants pages to look. Kept in two cookies, so that no account and no script is needed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextSize(TextChoices):
    NORMAL = "normal", _("标准字号")
    LARGE = "large", _("大字版")


class Scheme(TextChoices):
    AUTO = "auto", _("跟随您的设备")
    LIGHT = "light", _("浅色")
    DARK = "dark", _("深色")
