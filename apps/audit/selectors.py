from django.db import connection
from django.db.models import QuerySet

from apps.audit.models import Record


def records_of(subject_type: str, subject_id) -> QuerySet[Record]:
    """What was done to one row, oldest first."""
    return Record.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("at", "id")


def records_of_case(case: str) -> QuerySet[Record]:
    return Record.objects.filter(case=case).order_by("at", "id")


def lock_is_on() -> bool:
    """Whether the role of this connection can only read and add here, whatever happens to the triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", [f"public.{Record._meta.db_table}"]
        )
        return cursor.fetchone()[0]
