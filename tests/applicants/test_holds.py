"""A case that rests: a reason, a day, at most so long; over by itself; the statutory clock goes on."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application, Hold
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.desk_page import pile_counts
from apps.applicants.selectors.green import green_count
from apps.applicants.selectors.holds import held_on, hold_of, resting_at_recheck
from apps.applicants.services.holds import hold_case, latest_hold_day, lift_hold
from apps.applicants.services.national import confirm_application, confirm_items, return_application
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.rules.selectors import working_calendar
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    arguments,
    first_reason,
    make_application,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
UNTIL = TODAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def hold(application, actor=None, **changes) -> Hold:
    values = {"reason_code": "hold.exam_office", "until": UNTIL, "note": "等到下周", "now": NOW}
    return hold_case(actor=actor or reviewer(), application_id=application.pk, **values | changes)


def test_a_hold_ends_by_itself_on_the_day_after():
    application = make_application()
    hold(application)
    assert hold_of(application, today=UNTIL) is not None
    assert hold_of(application, today=UNTIL + timedelta(days=1)) is None
    assert Application.objects.filter(held_on(UNTIL), pk=application.pk).exists()
    assert not Application.objects.filter(held_on(UNTIL + timedelta(days=1)), pk=application.pk).exists()


def test_a_held_case_lies_in_its_own_pile_until_its_day_and_then_among_those_to_decide():
    application, officer = make_application(), reviewer()
    hold(application, officer)
    for day, held in ((NOW, 1), (NOW + timedelta(days=7), 1), (NOW + timedelta(days=8), 0)):
        counts = pile_counts(officer, working_calendar(), now=day)
        assert (counts["held"], counts["decide"]) == (held, 1 - held)


def test_the_statutory_clock_does_not_stop():
    application = make_application()
    before = application_clock(application, working_calendar())
    hold(application)
    after = application_clock(Application.objects.get(pk=application.pk), working_calendar())
    assert (after.due_on(UNTIL), after.used_on(UNTIL), after.is_paused) == (
        before.due_on(UNTIL),
        before.used_on(UNTIL),
        False,
    )


def test_a_held_case_is_taken_up_before_it_is_decided():
    application, officer = make_application(), reviewer()
    hold(application)
    for decide in (
        lambda: agree_application(**arguments(application, officer)),
        lambda: refuse_application(**arguments(application, officer), reason_code=first_reason("refusal")),
        lambda: request_correction(**arguments(application, officer), items=[("photo", "换照片")]),
    ):
        with pytest.raises(RequirementsMissing) as refused:
            decide()
        assert "暂缓办理至" in str(refused.value.missing[0])
    lift_hold(actor=officer, application_id=application.pk, now=NOW)
    with pytest.raises(TransitionRefused):
        lift_hold(actor=officer, application_id=application.pk, now=NOW)
    agree_application(**arguments(application, officer))
    assert set(Record.objects.filter(case=application.reference).values_list("action", flat=True)) >= {
        "application.held",
        "application.released",
    }


@pytest.mark.parametrize(
    ("changes", "possible"),
    [
        ({"until": TODAY}, False),
        ({"until": TODAY + timedelta(days=1)}, True),
        ({"until": TODAY + timedelta(days=30)}, True),
        ({"until": TODAY + timedelta(days=31)}, False),
        ({"reason_code": "refusal.criminal"}, False),
        ({"reason_code": ""}, False),
    ],
)
def test_a_hold_has_a_reason_of_the_catalogue_and_an_end_by_rule(changes, possible):
    application = make_application()
    assert latest_hold_day(application, today=TODAY) == TODAY + timedelta(days=30)
    if possible:
        assert hold(application, **changes).pk
    else:
        with pytest.raises(RequirementsMissing):
            hold(application, **changes)


@pytest.mark.parametrize(
    "state", [state for state in State if state not in (State.DRAFT, State.SUBMITTED, State.SENT, State.RETURNED)]
)
def test_only_what_waits_for_an_office_is_held(state):
    with pytest.raises(TransitionRefused):
        hold(make_application(state=state))


def test_a_returned_case_may_rest():
    assert hold(make_application(state=State.RETURNED))


def test_nobody_holds_twice_or_from_outside():
    application = make_application()
    for stranger in (reviewer("310000"), rechecker()):
        with pytest.raises(NotPermitted):
            hold(application, stranger)
    hold(application)
    with pytest.raises(TransitionRefused):
        hold(application)


def test_holding_and_taking_up_again_on_the_screens(desk):
    application = make_application()
    address = reverse("applicants:hold", args=[application.reference])
    client = desk(reviewer())
    assert "法定的审查时限不停" in client.get(address).content.decode()
    data = {"version": application.version, "reason": "hold.other", "note": "说明"}
    late = client.post(address, data | {"until_year": "2026", "until_month": "9", "until_day": "1"})
    assert "请选择明天至" in late.content.decode() and "说明" in late.content.decode()
    done = client.post(address, data | {"until_year": "2026", "until_month": "3", "until_day": "9"}, follow=True)
    assert "已暂缓办理至" in done.content.decode()
    page = client.get(reverse("applicants:case", args=[application.reference])).content.decode()
    assert "恢复办理，再作决定" in page and "同意，报中注协复核" not in page
    client.post(reverse("applicants:lift", args=[application.reference]))
    page = client.get(reverse("applicants:case", args=[application.reference])).content.decode()
    assert "同意，报中注协复核" in page


@pytest.mark.parametrize("name", ["hold", "lift"])
def test_another_association_finds_nothing(desk, name):
    application = make_application()
    hold(application)
    client = desk(reviewer("310000"))
    address = reverse(f"applicants:{name}", args=[application.reference])
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Hold.objects.get().lifted_at is None


def test_the_database_refuses_a_hold_without_an_end_after_its_beginning():
    from django.db import IntegrityError, transaction

    application = make_application()
    kept = hold(application)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=kept.pk).update(until=date(2026, 3, 2))


class TestAtTheRecheck:
    """The national body lets a case rest as the association does: reason, maximum, and its clock goes on."""

    @pytest.fixture
    def sent(self):
        return make_application(state=State.SENT)

    def test_the_case_rests_until_its_day_and_is_decided_by_nobody_meanwhile(self, sent):
        officer = rechecker()
        hold(sent, officer)
        for decide in (
            lambda: confirm_application(**arguments(sent, officer), document_number=DOCUMENT_NUMBER),
            lambda: return_application(**arguments(sent, officer), reason_code=first_reason("return")),
        ):
            with pytest.raises(RequirementsMissing) as refused:
                decide()
            assert "暂缓办理至" in str(refused.value.missing[0])
        [result] = confirm_items(
            actor=officer, items=[(sent.pk, sent.version)], document_number=DOCUMENT_NUMBER, now=NOW
        )
        assert not result.succeeded
        lift_hold(actor=officer, application_id=sent.pk, now=NOW)
        confirm_application(**arguments(sent, officer), document_number=DOCUMENT_NUMBER)

    def test_only_the_recheck_holds_it_and_no_longer_than_the_rule(self, sent):
        for stranger in (reviewer(), rechecker(person=sent.person)):
            with pytest.raises(NotPermitted):
                hold(sent, stranger)
        with pytest.raises(RequirementsMissing):
            hold(sent, rechecker(), until=TODAY + timedelta(days=31))
        with pytest.raises(RequirementsMissing):
            hold(sent, rechecker(), reason_code="refusal.criminal")
        hold(sent, rechecker())
        with pytest.raises(NotPermitted):
            lift_hold(actor=reviewer(), application_id=sent.pk, now=NOW)

    def test_it_leaves_the_green_list_and_comes_back_by_itself(self, sent):
        Application.objects.filter(pk=sent.pk).update(checks_green=True)
        officer = rechecker()
        hold(sent, officer)
        shown = [
            [green_count(officer, today=day, most=9), len(resting_at_recheck(officer, today=day))]
            for day in (UNTIL, UNTIL + timedelta(days=1))
        ]
        assert shown == [[0, 1], [1, 0]]

    def test_on_the_screens(self, sent, desk):
        client, case = desk(rechecker()), reverse("applicants:recheck_case", args=[sent.reference])
        address = reverse("applicants:recheck_hold", args=[sent.reference])
        assert address in client.get(case).content.decode()
        data = {"version": sent.version, "reason": "hold.other", "note": "等考试办公室答复"}
        data |= {"until_year": "2026", "until_month": "3", "until_day": "9"}
        assert "已暂缓办理至" in client.post(address, data, follow=True).content.decode()
        batch = client.get(reverse("applicants:recheck_batch", args=[sent.batch.number])).content.decode()
        assert "暂缓办理至" in batch and "退回<span" not in batch
        lift = reverse("applicants:recheck_lift", args=[sent.reference])
        assert lift in client.get(case).content.decode()
        assert "已恢复办理" in client.post(lift, follow=True).content.decode()
