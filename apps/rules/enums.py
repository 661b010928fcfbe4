"""Kinds of reasons and days."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReasonKind(TextChoices):
    REFUSAL = "refusal", _("不予登记的理由")
    RETURN = "return", _("复核退回的理由")


class DayKind(TextChoices):
    HOLIDAY = "holiday", _("放假")
    MAKE_UP = "make_up", _("调休上班")
