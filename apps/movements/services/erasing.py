"""A photo that nobody took over was sent for one purpose, and that is over."""

from datetime import datetime

from django.db.models import QuerySet

from apps.documents.services import discard_file
from apps.movements.enums import PhotoState
from apps.movements.models import PhotoOffer
from apps.rules.services import Retention

NOT_TAKEN_OVER = [PhotoState.DECLINED, PhotoState.WITHDRAWN]


def _closed(before: datetime) -> QuerySet[PhotoOffer]:
    return PhotoOffer.objects.filter(state__in=NOT_TAKEN_OVER, decided_at__lt=before, picture__isnull=False)


def _erase(rows: list[PhotoOffer], now: datetime) -> None:
    """That it was offered, and why it was declined, stays: declined offers are counted."""
    offers = PhotoOffer.objects.filter(pk__in=[offer.pk for offer in rows])
    pictures = [offer.picture for offer in offers.select_related("picture")]
    offers.update(picture=None, note=None)
    for picture in pictures:
        discard_file(picture)


RETAINED = (Retention("movements.photooffer:picture", "photo_offer.keep_days", _closed, _erase),)
