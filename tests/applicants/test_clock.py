"""The statutory clock is computed from the steps; deadlines follow a new calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.applicants.enums import State
from apps.applicants.handlers import recompute_open_deadlines
from apps.applicants.models import Application
from apps.applicants.selectors.clock import application_clock
from apps.applicants.services import deadlines
from apps.applicants.services.deadlines import recompute_deadlines
from apps.core.working_days import WorkingCalendar
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules, working_calendar
from tests.factories.applicants import make_application
from tests.factories.candidates import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)
WEEKENDS_ONLY = WorkingCalendar(announced=frozenset({2026}))


@pytest.mark.parametrize(
    ("state", "allowed", "paused", "stopped"),
    [
        (State.SUBMITTED, 20, False, False),
        (State.CORRECTION_REQUESTED, 20, True, False),
        (State.AGREED, 20, False, True),
        (State.SENT, 10, False, False),
        (State.RETURNED, 20, False, False),
        (State.CONFIRMED, 10, False, True),
        (State.REFUSED, 20, False, True),
        (State.WITHDRAWN, 20, False, True),
    ],
)
def test_clock_of_each_state(state, allowed, paused, stopped):
    clock = application_clock(make_application(state=state), working_calendar())
    assert (clock.allowed, clock.is_paused, clock.is_stopped) == (allowed, paused, stopped)


def test_day_of_receipt_is_day_zero():
    clock = application_clock(make_application(), working_calendar())
    assert [clock.used_on(NOW.date() + timedelta(days=n)) for n in (0, 1, 5, 7)] == [0, 1, 4, 5]


def test_receipt_late_in_the_evening_counts_by_beijing_time():
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    assert application_clock(make_application(submitted_at=late), working_calendar()).started_on == date(2026, 3, 3)


def test_only_a_draft_has_no_clock():
    assert application_clock(Application(state=State.DRAFT), working_calendar()) is None


def test_lists_read_only_what_they_have_fetched(django_assert_num_queries):
    for _case in range(3):
        make_application()
    cases = list(Application.objects.prefetch_related("steps"))
    application_clock(cases[0], working_calendar())
    with django_assert_num_queries(0):
        for case in cases:
            application_clock(case, working_calendar())


def test_new_calendar_moves_open_deadlines_and_no_others(monkeypatch):
    open_case, closed = make_application(), make_application(state=State.WITHDRAWN)
    Application.objects.filter(pk=open_case.pk).update(decide_by=date(2030, 1, 1), decide_by_provisional=True)
    recompute_open_deadlines({}, now=NOW)
    open_case.refresh_from_db()
    assert (open_case.decide_by, open_case.decide_by_provisional) == (date(2026, 3, 30), False)
    closed.refresh_from_db()
    assert closed.decide_by is None
    monkeypatch.setattr(deadlines, "working_calendar", lambda: WEEKENDS_ONLY)
    assert recompute_deadlines() == 0, "nothing moves twice"


def test_date_over_an_unannounced_year_is_provisional():
    case = make_application(submitted_at=datetime(2027, 12, 20, 2, 0, tzinfo=UTC))
    assert case.decide_by_provisional
    assert not make_application().decide_by_provisional


def test_association_with_a_shorter_limit_of_its_own_is_held_to_it():
    Rule.objects.create(key="application.local_days", value=15, association_id="330000", in_force_from=date(2026, 1, 1))
    forget_rules()
    own, other = make_application(), make_application(association="310000")
    assert own.decide_by == date(2026, 3, 23)
    assert other.decide_by == date(2026, 3, 30)
