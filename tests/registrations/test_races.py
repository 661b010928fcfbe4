"""Two at once: one outcome each, told politely."""

from functools import partial

import pytest
from django.db import connections

from apps.core.errors import TransitionRefused
from apps.members.models import Membership
from apps.registrations.enums import State
from apps.registrations.models import Registration
from apps.registrations.services import confirming
from apps.registrations.services.platform import apply_result
from apps.registrations.services.steps import SecondRegistration
from tests.applicants.test_submission_races import at_once
from tests.factories.people import resident_id
from tests.factories.registrations import (
    CLEAN,
    NOW,
    Job,
    approve,
    candidate_of,
    decide_inside,
    fresh,
    given,
    head_of,
    make_registration,
    officer,
    propose,
    result_for,
    the_firm,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setattr("apps.outbox.services._wake_worker", lambda **_: None)
    yield
    connections.close_all()


def test_person_confirms_through_two_firms_at_once_and_one_counts():
    number = resident_id()
    cases = [
        make_registration(State.AWAITING_CANDIDATE, identity_number=number, firm=the_firm(code))
        for code in ("33000012", "33000013")
    ]
    arguments = [given(case, candidate_of(case)) | {"declarations": CLEAN} for case in cases]
    results = at_once(*[partial(confirming.confirm_registration, **each) for each in arguments])
    assert [type(result) for result in results if isinstance(result, Exception)] == [SecondRegistration]
    assert Registration.objects.filter(state=State.AWAITING_FIRM).count() == 1


def test_head_clicks_ten_times_at_once_and_it_is_filed_once():
    case = make_registration(State.AWAITING_FIRM)
    arguments = given(case, head_of(case.firm))
    results = at_once(*[lambda: confirming.file_registration(**arguments)] * 10)
    refused = [result for result in results if isinstance(result, Exception)]
    assert len(refused) == 9
    assert all(isinstance(error, TransitionRefused) for error in refused)
    assert fresh(case).steps.filter(action="file").count() == 1


def test_twenty_officers_approve_at_once_and_one_member_arises():
    decide_inside()
    case = make_registration(State.ACCEPTED)
    propose(case)
    case = fresh(case)
    officers = [officer() for _ in range(20)]
    results = at_once(*[lambda actor=actor: approve(case, actor=actor) for actor in officers])
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert Membership.objects.count() == 1


def test_two_workers_write_the_same_line_at_once_and_one_member_arises():
    case = make_registration(State.ACCEPTED)
    result, actor = result_for(case), officer()
    results = at_once(*[lambda: apply_result(result, actor=actor, job=Job, now=NOW)] * 4)
    assert not [result for result in results if isinstance(result, Exception)], results
    assert sorted(results) == ["created", "unchanged", "unchanged", "unchanged"]
    assert Membership.objects.count() == 1
