"""The column that lists filter by follows the checklist when the roll, the rules or the facts have changed."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from apps.applicants.models import Application
from apps.applicants.selectors.checks import cases_of_roll_import, has_green_checklist, open_cases
from apps.applicants.services.steps import lock_application


def recompute_checks(*, today: date) -> int:
    """Every open case anew, each in its own transaction. Returns how many changed."""
    return _recompute(open_cases(), today=today)


def recompute_checks_of_roll(job_id, *, today: date) -> int:
    """The open cases whose certificate or document stands in what this import wrote to the roll."""
    return sum(_recompute(cases, today=today) for cases in cases_of_roll_import(job_id))


def _recompute(cases: QuerySet[Application], *, today: date) -> int:
    ids = list(cases.values_list("pk", flat=True))
    return sum(recompute_check(pk, today=today) for pk in ids)


@transaction.atomic
def recompute_check(application_id, *, today: date) -> bool:
    application = lock_application(application_id)
    is_green = has_green_checklist(application, today=today)
    if application.checks_green == is_green:
        return False
    application.checks_green = is_green
    application.save(update_fields=["checks_green"])
    return True
