"""What the public may read."""

from django.db.models import Count, QuerySet

from apps.content.models import Announcement, AnnouncementEntry


def announcements() -> QuerySet[Announcement]:
    """Newest first, each with `people`, the number of those whom it names."""
    return Announcement.objects.annotate(people=Count("entries")).order_by("-published_on", "-id")


def latest_announcements(limit: int = 3) -> list[Announcement]:
    return list(announcements()[:limit])


def get_announcement(document_number: str) -> Announcement | None:
    return announcements().filter(document_number=document_number).first()


def entries_of(announcement: Announcement) -> QuerySet[AnnouncementEntry]:
    """Whom it names, by association."""
    named = announcement.entries.select_related("association", "data_key")
    return named.order_by("association_id", "id")
