"""What of shared links is kept no longer than the rule says."""

from datetime import datetime

from django.db.models import Q, QuerySet

from apps.rules.services import Retention
from apps.verification.models import ShareLink, ShareOpening

KEEP_DAYS = "share_link.keep_days"


def _old_openings(before: datetime) -> QuerySet[ShareOpening]:
    return ShareOpening.objects.filter(opened_at__lt=before)


def _ended_links(before: datetime) -> QuerySet[ShareLink]:
    """Used up, a link still ends on its last day."""
    return ShareLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))


def _delete_openings(rows: list[ShareOpening], now: datetime) -> None:
    ShareOpening.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _delete_links(rows: list[ShareLink], now: datetime) -> None:
    """With whatever openings they still have."""
    ShareLink.objects.filter(pk__in=[row.pk for row in rows]).delete()


RETAINED = (
    Retention("verification.shareopening", KEEP_DAYS, _old_openings, _delete_openings),
    Retention("verification.sharelink", KEEP_DAYS, _ended_links, _delete_links),
)
