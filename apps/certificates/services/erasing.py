"""Tasks about members that are done: kept for a while, then no longer."""

from datetime import datetime

from django.db.models import QuerySet

from apps.certificates.models import NameTask, RunFailure
from apps.rules.services import Retention

TASK_DAYS = "certificate.task_days"


def _done_names(before: datetime) -> QuerySet[NameTask]:
    return NameTask.objects.filter(resolved_at__lt=before)


def _mended_failures(before: datetime) -> QuerySet[RunFailure]:
    return RunFailure.objects.filter(resolved_at__lt=before)


def _delete(rows: list[NameTask] | list[RunFailure], now: datetime) -> None:
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()


RETAINED = (
    Retention("certificates.nametask", TASK_DAYS, _done_names, _delete),
    Retention("certificates.runfailure", TASK_DAYS, _mended_failures, _delete),
)
