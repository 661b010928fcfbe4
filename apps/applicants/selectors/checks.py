"""Whether a case is clean: every line of its checklist is green. Lists read the answer from a column."""

from datetime import date

from apps.applicants.models import Application
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist


def has_green_checklist(application: Application, *, today: date) -> bool:
    """Derived afresh: roll, identity, dates, declarations, register. A single line for a person makes it false."""
    return all(line.is_green for line in checklist(application, roll_finding(application), today=today))
