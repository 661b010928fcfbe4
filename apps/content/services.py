"""Publishing."""

from datetime import datetime

from django.db import transaction

from apps.content.enums import AnnouncementKind
from apps.content.models import Announcement, AnnouncementEntry
from apps.core.clock import civil_date
from apps.core.models import DataKey


@transaction.atomic
def announce_admission(
    *, document_number: str, name: str, association_code: str, data_key: DataKey, case: str, now: datetime
) -> AnnouncementEntry:
    """Name a new member in the announcement with this document number, in the caller's transaction.

    The first case opens the announcement, later ones join it. A repeated call for a case returns its entry.
    The caller audits: the announcement is part of its own act (登记办法 Art. 4).
    """
    announcement, _created = Announcement.objects.get_or_create(
        kind=AnnouncementKind.ADMISSION,
        document_number=document_number,
        defaults={"published_on": civil_date(now)},
    )
    entry, _created = AnnouncementEntry.objects.get_or_create(
        case=case,
        defaults={
            "announcement": announcement,
            "association_id": association_code,
            "data_key": data_key,
            "name": name,
        },
    )
    return entry
