"""How near the deadlines of the open cases are, counted for whoever must decide them."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import LOCAL_STATES, State
from apps.applicants.selectors.worklist import applications_visible_to
from apps.core.actor import Actor
from apps.core.working_days import StatutoryClock, WorkingCalendar

NEAR, SOON = 5, 10
"""Working days: amber from five days on, as in the work list."""


def cases_by_days_left(actor: Actor, calendar: WorkingCalendar, *, today: date) -> list[tuple]:
    """Label, number and tone of each group: the cases that wait for a decision of the actor's offices. One query."""
    groups = Counter()
    for last_day, number in _numbers_by_deadline(actor):
        groups[_group(last_day, calendar, today)] += number
    return [
        (_("已超期"), groups["late"], "late"),
        (_("剩 0–5 个工作日"), groups["near"], "near"),
        (_("剩 6–10 个工作日"), groups["soon"], ""),
        (_("剩 10 个工作日以上"), groups["far"], ""),
    ]


def _numbers_by_deadline(actor: Actor):
    own = association_scope(actor, Permission.REVIEW_APPLICATION)
    waiting = Q(state__in=sorted(LOCAL_STATES), association_id__in=sorted(own))
    if association_scope(actor, Permission.RECHECK_APPLICATION) == ALL:
        waiting |= Q(state=State.SENT)
    cases = applications_visible_to(actor).filter(waiting, decide_by__isnull=False)
    return cases.values_list("decide_by").annotate(number=Count("pk")).order_by("decide_by")


def _group(last_day: date, calendar: WorkingCalendar, today: date) -> str:
    if last_day < today:
        return "late"
    left = StatutoryClock(calendar, today, 0).used_on(last_day)
    return "near" if left <= NEAR else "soon" if left <= SOON else "far"
