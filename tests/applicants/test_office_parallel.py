"""Many officers at once: one decision, one member, one number; and nobody waits for ever."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.applicants.enums import Action, State, UndoState
from apps.applicants.models import Application, Batch, CaseMessage, Step, Undo
from apps.applicants.selectors.batches import agreed_cases
from apps.applicants.services.batches import send_batch, send_open_batches
from apps.applicants.services.messages import answer_office, message_applicant
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.review import agree_application, refuse_application
from apps.applicants.services.undoing import ask_undo, confirm_undo, decline_undo
from apps.core.errors import RequirementsMissing, TransitionRefused
from apps.members.models import Membership
from apps.members.selectors import is_void
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    MINUTES,
    NOW,
    SYSTEM,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)
from tests.support.parallel import quiet_worker, together  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_worker")]


def test_fifty_confirmations_make_one_member_with_one_number():
    application = make_application(state=State.SENT)
    officers = [rechecker() for _officer in range(5)]
    acts = [
        lambda officer=officers[number % 5]: confirm_application(
            **arguments(application, officer), document_number=DOCUMENT_NUMBER
        )
        for number in range(50)
    ]
    results = together(acts, workers=25)
    assert [type(result) for result in results].count(Application) == 1
    assert sum(isinstance(result, TransitionRefused) for result in results) == 49
    assert Membership.objects.count() == 1
    assert Step.objects.filter(application=application, action=Action.CONFIRM).count() == 1


def test_confirmations_of_different_cases_get_different_numbers():
    cases = [make_application(state=State.SENT) for _case in range(8)]
    officer = rechecker()
    results = together(
        [
            lambda case=case: confirm_application(**arguments(case, officer), document_number=DOCUMENT_NUMBER)
            for case in cases
        ]
    )
    assert all(isinstance(result, Application) for result in results)
    assert len(set(Membership.objects.values_list("number", flat=True))) == 8


def test_agreement_and_refusal_at_once_make_one_decision():
    application = make_application()
    one, other = reviewer(), reviewer()
    results = together(
        [
            lambda: agree_application(**arguments(application, one)),
            lambda: refuse_application(**arguments(application, other), reason_code=first_reason("refusal")),
        ]
        * 5
    )
    assert sum(isinstance(result, TransitionRefused) for result in results) == 9
    assert Step.objects.filter(application=application).exclude(action=Action.SUBMIT).count() == 1


def test_confirmation_and_return_at_once_make_one_decision():
    application = make_application(state=State.SENT)
    one, other = rechecker(), rechecker()
    results = together(
        [
            lambda: confirm_application(**arguments(application, one), document_number=DOCUMENT_NUMBER),
            lambda: return_application(**arguments(application, other), reason_code=first_reason("return")),
        ]
    )
    assert sum(isinstance(result, TransitionRefused) for result in results) == 1
    application.refresh_from_db()
    assert Membership.objects.count() == (application.state == State.CONFIRMED)


def test_the_first_agreements_of_an_association_open_one_batch():
    cases = [make_application() for _case in range(8)]
    officers = [reviewer() for _case in cases]
    together(
        [
            lambda case=case, officer=officer: agree_application(**arguments(case, officer))
            for case, officer in zip(cases, officers, strict=True)
        ]
    )
    assert len(agreed_cases(Batch.objects.get(), at=NOW + MINUTES)) == 8


def test_agreements_while_the_batch_is_sent_leave_no_case_behind():
    Rule.objects.filter(key="application.take_back_minutes").update(value=0)  # agreements join at once: the hard case
    forget_rules()
    waiting = make_application(state=State.AGREED)
    batch_id = open_batch(waiting).pk
    cases = [make_application() for _case in range(6)]
    officers = [reviewer() for _case in cases]
    acts = [
        lambda case=case, officer=officer: agree_application(**arguments(case, officer))
        for case, officer in zip(cases, officers, strict=True)
    ]
    acts.insert(3, lambda: send_batch(actor=SYSTEM, batch_id=batch_id, now=NOW))
    results = together(acts)
    assert not [result for result in results if isinstance(result, Exception)]
    left = Application.objects.filter(state=State.AGREED)
    assert set(Application.objects.filter(state=State.SENT).values_list("batch", flat=True)) == {batch_id}
    assert not left or set(agreed_cases(open_batch(waiting), at=NOW)) == set(left)


def test_a_doubled_tick_of_the_scheduler_sends_once():
    application = make_application(state=State.AGREED)
    number = open_batch(application).number
    results = together([lambda: send_open_batches(actor=SYSTEM, now=NOW) for _tick in range(4)])
    assert [number for sent in results for number in sent] == [number]
    assert Step.objects.filter(application=application, action=Action.SEND).count() == 1


def test_locks_are_taken_case_first_then_person_then_counters():
    application = make_application(state=State.SENT)
    with CaptureQueriesContext(connection) as queries:
        confirm_application(**arguments(application, rechecker()), document_number=DOCUMENT_NUMBER)
    tables = ["applicants_application", "people_person", "members_numbersequence"]
    locked = [
        table
        for query in queries
        for table in tables
        if (f'FROM "{table}"' in query["sql"] and " FOR " in query["sql"])
        or (f'INTO "{table}"' in query["sql"] and "ON CONFLICT" in query["sql"])
    ]
    assert [table for number, table in enumerate(locked) if table not in locked[:number]] == tables


def test_an_agreement_locks_its_case_before_the_batch():
    application = make_application()
    officer = reviewer()
    with CaptureQueriesContext(connection) as queries:
        agree_application(**arguments(application, officer))
    taken = [query["sql"] for query in queries if " FOR UPDATE" in query["sql"] or "advisory" in query["sql"]]
    order = ["applicants_application", "pg_advisory_xact_lock", "applicants_batch"]
    assert [word for sql in taken for word in order if word in sql.split("WHERE")[0]] == order


def test_an_undoing_is_asked_for_once_and_decided_once_either_way():
    application = make_application(state=State.CONFIRMED)
    asked = together(
        [
            lambda: ask_undo(**arguments(application, rechecker()), reason_code="undo.clerical", facts="证书日期有误")
            for _officer in range(6)
        ],
        workers=6,
    )
    (undo,) = [result for result in asked if isinstance(result, Undo)]
    confirming = [
        lambda: confirm_undo(actor=rechecker(), undo_id=undo.pk, document_number="会协〔2026〕30号", now=NOW)
        for _officer in range(4)
    ]
    declining = [lambda: decline_undo(actor=rechecker(), undo_id=undo.pk, now=NOW) for _officer in range(4)]
    decided = together([act for pair in zip(confirming, declining, strict=True) for act in pair], workers=8)
    (winner,) = [result for result in decided if isinstance(result, Undo)]
    application.refresh_from_db()
    assert (application.undone_at is not None) is (winner.state == UndoState.CONFIRMED)
    assert is_void(application.membership) is (winner.state == UndoState.CONFIRMED)


def test_an_applicant_who_answers_while_the_officer_agrees_is_never_overlooked():
    """Either the agreement came first, or it is refused until the answer was read."""
    application, officer = make_application(), reviewer()
    message_applicant(actor=officer, application_id=application.pk, text="请说明", now=NOW)
    answer = {"actor": applicant_of(application), "application_id": application.pk, "text": "说明", "now": NOW}
    agreed, answered = together(
        [lambda: agree_application(**arguments(application, officer)), lambda: answer_office(**answer)], workers=2
    )
    assert isinstance(answered, CaseMessage)
    assert isinstance(agreed, Application | RequirementsMissing)
