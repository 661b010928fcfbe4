"""Names that wait for a font."""

from django.db.models import QuerySet

from apps.certificates.models import NameTask
from apps.core.errors import DataKeyDestroyed
from apps.documents.services import missing_characters
from apps.members.selectors import memberships_of_user

TASKS_SHOWN = 200


def open_name_tasks() -> QuerySet[NameTask]:
    """The members whose certificate waits for a font, the longest first."""
    tasks = NameTask.objects.filter(resolved_at__isnull=True)
    return tasks.select_related("membership__person", "data_key").order_by("since")


def characters_of(task: NameTask) -> list[str]:
    """As "𪚥 (U+2A6A5)"; nothing once the person is erased."""
    try:
        return [f"{character} (U+{ord(character):04X})" for character in task.characters]
    except DataKeyDestroyed:
        return []


def can_be_printed_now(task: NameTask) -> bool:
    """Whether the fonts of this process have every character that was missing."""
    try:
        return not missing_characters(task.characters)
    except DataKeyDestroyed:
        return False


def waits_for_a_font(user_id: int) -> bool:
    """Whether the certificate of one of this account's memberships waits for a font."""
    own = [membership.pk for membership in memberships_of_user(user_id)]
    return NameTask.objects.filter(membership__in=own, resolved_at__isnull=True).exists()
