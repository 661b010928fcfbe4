"""Publishing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.content.enums import AnnouncementKind
from apps.content.models import Announcement, AnnouncementEntry
from apps.core.clock import civil_date
from apps.core.errors import PortalError
from apps.core.models import DataKey


class DocumentNumberTaken(PortalError):
    """One document either admits or removes; its number is the address of its announcement."""

    code = "document_number_taken"
    message = _("这个批复文号已用于另一类公告。请核对文号。")


@transaction.atomic
def announce_admission(
    *, document_number: str, name: str, association_code: str, data_key: DataKey, case: str, now: datetime
) -> AnnouncementEntry:
    """Name a new member in the announcement with this document number, in the caller's transaction.

    The first case opens the announcement, later ones join it. A repeated call for a case returns its entry.
    The caller audits: the announcement is part of its own act (登记办法 Art. 4). Raises DocumentNumberTaken.
    """
    announcement = _announcement(AnnouncementKind.ADMISSION, document_number, now=now)
    return _entry(announcement, name, association_code, data_key, case)


@transaction.atomic
def announce_removal(
    *, document_number: str, name: str, association_code: str, data_key: DataKey, case: str, now: datetime
) -> AnnouncementEntry:
    """Name somebody whose admission was undone, as announce_admission names a new member; `case` is the undoing's."""
    announcement = _announcement(AnnouncementKind.REMOVAL, document_number, now=now)
    return _entry(announcement, name, association_code, data_key, case)


def _announcement(kind: AnnouncementKind, document_number: str, *, now: datetime) -> Announcement:
    if Announcement.objects.filter(document_number=document_number).exclude(kind=kind).exists():
        raise DocumentNumberTaken
    announcement, _created = Announcement.objects.get_or_create(
        kind=kind, document_number=document_number, defaults={"published_on": civil_date(now)}
    )
    return announcement


def _entry(
    announcement: Announcement, name: str, association_code: str, data_key: DataKey, case: str
) -> AnnouncementEntry:
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
