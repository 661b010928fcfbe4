"""Kinds of announcements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnnouncementKind(TextChoices):
    ADMISSION = "admission", _("入会公告")
    REMOVAL = "removal", _("撤销登记公告")
