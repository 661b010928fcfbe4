"""The column that lists filter by follows the checklist when the roll, the rules or the facts have changed."""

from datetime import date

from django.db import transaction

from apps.applicants.enums import OPEN_STATES
from apps.applicants.models import Application
from apps.applicants.selectors.checks import has_green_checklist
from apps.applicants.services.steps import lock_application


def recompute_checks(*, today: date) -> int:
    """Every open case anew, each in its own transaction. Returns how many changed."""
    ids = list(Application.objects.filter(state__in=sorted(OPEN_STATES)).values_list("pk", flat=True))
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
