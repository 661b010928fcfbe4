"""An appeal is decided by who had no part; set aside, the case begins afresh."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import AppealAction, AppealState, State
from apps.applicants.models import Appeal, Application
from apps.applicants.selectors.appeals import appeals_visible_to
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.desk_view import DeskView
from apps.applicants.selectors.had_part import had_part
from apps.applicants.services.batches import send_batch
from apps.applicants.services.claims import assign_application, claim_application
from apps.applicants.services.letters import appeal_letter_of
from apps.applicants.services.national import confirm_application
from apps.applicants.services.next_case import claim_next
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.associations.services import grant_seat
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.documents.services import read_file
from apps.mail.models import Message
from apps.outbox.services import deliver_due
from apps.people.selectors import get_person
from apps.people.services import link_user
from apps.rules.selectors import working_calendar
from tests.factories.accounts import make_actor, make_user
from tests.factories.appeals import appealed, decide, refused
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db


def test_set_aside_the_association_reviews_afresh_with_a_new_clock():
    case = refused()
    decide(appealed(case), rechecker())
    case = Application.objects.select_related("data_key").get(pk=case.pk)
    assert (case.state, case.reason_code, case.local_decided_at) == (State.SUBMITTED, "", None)
    clock = application_clock(case, working_calendar())
    assert (clock.started_on, clock.is_stopped) == (date(2026, 3, 5), False)
    assert case.decide_by == clock.due_on(clock.started_on)
    agree_application(**arguments(case, reviewer(), now=NOW + timedelta(days=4)))


def test_upheld_the_refusal_stands():
    case = refused()
    appeal = decide(appealed(case), rechecker(), AppealAction.UPHOLD)
    case.refresh_from_db()
    assert (case.state, appeal.state) == (State.REFUSED, AppealState.UPHELD)
    with pytest.raises(TransitionRefused):
        decide(appeal, rechecker(), AppealAction.SET_ASIDE)


class TestReopened:
    """In the new round nobody decides who took a step before, from whichever account."""

    @pytest.fixture
    def reopened(self):
        self.first, self.judge = reviewer(), rechecker()
        for officer in (self.first, self.judge):
            link_user(actor=SYSTEM, person_id=officer.person_id, user_id=officer.user_id, now=NOW)
        case = make_application()
        refuse_application(**arguments(case, self.first), reason_code=first_reason("refusal"))
        decide(appealed(case), self.judge)
        case.refresh_from_db()
        assert (case.state, case.reopened_at) == (State.SUBMITTED, NOW + timedelta(days=3))
        return case

    def acts(self, case, actor):
        given = arguments(case, actor, now=NOW + timedelta(days=4))
        return (
            lambda: agree_application(**given, confirmed=("roll", "identity")),
            lambda: refuse_application(**given, reason_code=first_reason("refusal")),
            lambda: request_correction(**given, items=[("phone", "请核对")]),
        )

    def test_who_refused_does_not_review_it_and_reads_why(self, reopened, desk, time_machine):
        for act in self.acts(reopened, self.first):
            with pytest.raises(NotPermitted, match="申诉成立以前"):
                act()
        time_machine.move_to(NOW + timedelta(days=4), tick=False)
        page = desk(self.first).get(reverse("applicants:case", args=[reopened.reference])).content.decode()
        assert "您在申诉成立以前办理过此件" in page and "同意，报中注协复核" not in page

    def test_a_second_account_of_the_same_person_is_no_other_person(self, reopened):
        account = make_user("second.account@example.org")
        link_user(actor=SYSTEM, person_id=self.first.person_id, user_id=account.pk, now=NOW)
        same = type(self.first)(self.first.kind, "same", account.pk, self.first.person_id, self.first.seats, True)
        with pytest.raises(NotPermitted):
            self.acts(reopened, same)[0]()

    def test_a_colleague_who_had_no_part_agrees_and_another_confirms(self, reopened):
        self.acts(reopened, reviewer())[0]()
        later = NOW + timedelta(days=5)
        send_batch(actor=SYSTEM, batch_id=open_batch(reopened).pk, now=later)
        reopened.refresh_from_db()
        for actor in (self.judge, rechecker(person=get_person(self.first.person_id))):
            with pytest.raises(NotPermitted):
                confirm_application(**arguments(reopened, actor, now=later), document_number=DOCUMENT_NUMBER)
        confirm_application(**arguments(reopened, rechecker(), now=later), document_number=DOCUMENT_NUMBER)
        reopened.refresh_from_db()
        assert reopened.state == State.CONFIRMED

    def test_it_is_neither_claimed_by_nor_handed_to_who_refused(self, reopened):
        given = {"application_id": reopened.pk, "now": NOW + timedelta(days=4)}
        with pytest.raises(NotPermitted):
            claim_application(actor=self.first, **given)
        grant_seat(
            actor=SYSTEM,
            user_id=self.first.user_id,
            association_code="330000",
            role=Role.REVIEWER,
            from_on=NOW.date(),
            now=NOW,
        )
        with pytest.raises(RequirementsMissing) as refusal:
            assign_application(actor=reviewer(), officer_id=self.first.user_id, **given)
        assert "申诉成立以前" in str(refusal.value.missing[0])

    def test_the_next_case_is_one_that_the_officer_may_decide(self, reopened):
        now = NOW + timedelta(days=4)
        Application.objects.filter(pk=reopened.pk).update(decide_by=NOW.date())
        other = make_application()
        assert claim_next(actor=self.first, view=DeskView(), now=now) == other
        assert claim_next(actor=self.first, view=DeskView(), now=now) is None
        assert claim_next(actor=reviewer(), view=DeskView(), now=now) == reopened

    @pytest.mark.parametrize("decision", ["local", "national"])
    def test_the_database_itself_wants_others(self, reopened, decision):
        values = {f"{decision}_decided_at": NOW, f"{decision}_decided_by_id": reviewer().user_id}
        values[f"{decision}_decided_by_person_id"] = self.first.person_id
        with pytest.raises(InternalError, match="had part in a case before"), transaction.atomic():
            Application.objects.filter(pk=reopened.pk).update(**values)

    def test_a_list_asks_no_more_questions_for_cases_that_no_appeal_reopened(self, django_assert_num_queries):
        case = refused()
        with django_assert_num_queries(0):
            assert not had_part(make_actor(), case)


def test_who_refused_does_not_decide_from_any_account():
    officer = rechecker()
    own = reviewer("000000", person=None)
    case = make_application(association="000000")
    refuse_application(**arguments(case, own), reason_code=first_reason("refusal"))
    case.refresh_from_db()
    appeal = appealed(case)
    second = make_user("second.account@example.org")
    link_user(actor=SYSTEM, person_id=own.person_id, user_id=second.pk, now=NOW)
    other_account = type(own)(own.kind, own.label, second.pk, own.person_id, rechecker().seats, True)
    for actor in (other_account, type(own)(own.kind, own.label, own.user_id, own.person_id, officer.seats, True)):
        with pytest.raises(NotPermitted):
            decide(appeal, actor)
    decide(appeal, officer)


def test_database_refuses_who_had_part():
    case = refused()
    appeal = appealed(case)
    values = {
        "state": AppealState.UPHELD,
        "decided_at": NOW,
        "decided_by_id": case.local_decided_by_id,
        "decided_by_person_id": rechecker().person_id,
        "answer": b"x",
    }
    with pytest.raises(InternalError, match="had part"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**values)
    other = rechecker()
    values |= {"decided_by_id": other.user_id, "decided_by_person_id": case.local_decided_by_person_id}
    with pytest.raises(Exception, match="not_decided_by_who_refused"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**values)


def test_association_does_not_decide_and_does_not_see_the_list():
    appeal = appealed(refused())
    for actor in (reviewer(), reviewer("000000")):
        with pytest.raises(NotPermitted):
            decide(appeal, actor)
        assert not appeals_visible_to(actor)
    assert appeals_visible_to(rechecker()).get() == appeal


def test_own_appeal_is_neither_seen_nor_decided():
    case = refused()
    appeal = appealed(case)
    own = rechecker(person=case.person)
    assert not appeals_visible_to(own)
    with pytest.raises(NotPermitted):
        decide(appeal, own)


def test_decision_on_a_stale_page_and_without_reasons_is_refused():
    appeal = appealed(refused())
    with pytest.raises(TransitionRefused):
        decide(appeal, rechecker(), version=0)
    with pytest.raises(RequirementsMissing):
        decide(appeal, rechecker(), answer=" ")


def test_decision_is_told_in_writing():
    case = refused()
    appeal = decide(appealed(case), rechecker())
    deliver_due(clock=lambda: NOW + timedelta(days=3))
    purposes = [one.purpose.partition(":")[0] for one in Message.objects.order_by("created_at")]
    assert purposes.count("appeal_received") == purposes.count("appeal_decided") == 1
    assert read_file(appeal_letter_of(appeal, now=NOW).file).startswith(b"%PDF")
