"""The scheduler sleeps for forty days. Before its first tick every page tells the truth; after it nobody has lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.applicants import tasks
from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.applicants.selectors.clock import application_clock
from apps.applicants.services.appeals import file_appeal
from apps.applicants.views.staff.case import clock_context
from apps.core import clock
from apps.mail.models import Message
from apps.mail.services import send_due
from apps.outbox.services import deliver_due
from apps.rules.selectors import working_calendar
from tests.factories.applicants import NOW, applicant_of, make_application, reviewer, tell_applicant
from tests.factories.candidates import candidate, make_draft

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)


@pytest.fixture
def nation():
    """One of each thing that time could end."""
    actor = candidate()
    cases = {state: make_application(state=state) for state in (State.SUBMITTED, State.AGREED, State.REFUSED)}
    told = make_application(state=State.CORRECTION_REQUESTED)
    tell_applicant(told)
    untold = make_application(state=State.CORRECTION_REQUESTED)
    file_appeal(actor=applicant_of(cases[State.REFUSED]), application_id=cases[State.REFUSED].pk, grounds="x", now=NOW)
    return {"draft": make_draft(actor=actor), "drafter": actor, "told": told, "untold": untold, **cases}


def tick():
    for task in (tasks.expire_corrections, tasks.erase_old_drafts, tasks.remind_applicants, tasks.send_open_batches):
        task()
    deliver_due(clock=clock.now)
    send_due(clock=clock.now)


def state_of(case) -> str:
    return Application.objects.values_list("state", flat=True).get(pk=case.pk)


def test_before_the_tick_nothing_is_wrong(nation, client, desk, time_machine):
    time_machine.move_to(LATER, tick=False)
    client.force_login(nation["told"].user)
    page = client.get(reverse("applicants:progress_case", args=[nation["told"].reference])).content.decode()
    assert "现在补正仍然有效" in page
    assert client.get(reverse("applicants:answer", args=[nation["told"].reference])).status_code == 200
    running = clock_context(application_clock(nation[State.SUBMITTED], working_calendar()), clock.today())
    assert running["used"] > running["allowed"], "the association is late, and the clock says so without a tick"
    officer = desk(reviewer())
    lists = officer.get(reverse("applicants:worklist"), {"pile": "waiting"}).content.decode()
    assert nation["told"].reference in lists
    assert nation["untold"].reference in officer.get(reverse("applicants:unreached")).content.decode()


def test_after_the_tick_nobody_has_lost_anything(nation, time_machine):
    time_machine.move_to(LATER, tick=False)
    for _twice in range(2):
        tick()
    assert state_of(nation["told"]) == State.CORRECTION_REQUESTED
    assert state_of(nation["untold"]) == State.CORRECTION_REQUESTED
    assert state_of(nation["draft"]) == State.DRAFT
    assert state_of(nation[State.REFUSED]) == State.REFUSED
    assert nation["told"].corrections.get().answer_by >= clock.today() + timedelta(days=2)
    time_machine.move_to(LATER + timedelta(days=10), tick=False)
    tick()
    assert state_of(nation["told"]) == State.EXPIRED
    assert not Application.objects.filter(pk=nation["draft"].pk).exists()
    assert state_of(nation["untold"]) == State.CORRECTION_REQUESTED, "told on the fortieth day only"
    assert nation["untold"].corrections.get().answer_by >= clock.civil_date(LATER + timedelta(days=30))
    first = Message.objects.filter(case=nation["untold"].reference, purpose__startswith="correction_requested").get()
    assert "4月1日" not in first.open_part("subject"), "that day is over when the message is written"
