"""Who told us something is known until the answer is out; what they told, a few years longer."""

from datetime import datetime

from django.db.models import QuerySet

from apps.complaints.models import Tip
from apps.core.encryption import destroy_data_key
from apps.documents.services import erase_files_under
from apps.rules.services import Retention


def _answered(before: datetime) -> QuerySet[Tip]:
    return Tip.objects.filter(answered_at__lt=before, data_key__destroyed_at=None)


def _with_contact(before: datetime) -> QuerySet[Tip]:
    return _answered(before).filter(contact__isnull=False)


def _forget_contact(rows: list[Tip], now: datetime) -> None:
    Tip.objects.filter(pk__in=[tip.pk for tip in rows]).update(contact=None)


def _erase(rows: list[Tip], now: datetime) -> None:
    """Text, picture, notes and the message that went out: all of it lies under the tip's own key."""
    Tip.objects.filter(pk__in=[tip.pk for tip in rows]).update(picture=None, contact=None)
    for tip in Tip.objects.filter(pk__in=[tip.pk for tip in rows]).select_related("data_key"):
        erase_files_under(tip.data_key)
        destroy_data_key(tip.data_key, now=now)


RETAINED = (
    Retention("complaints.tip:contact", "tip.contact_days", _with_contact, _forget_contact),
    Retention("complaints.tip", "tip.keep_days", _answered, _erase),
)
