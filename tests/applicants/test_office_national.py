"""The national re-check: here a member arises."""

from datetime import date

import pytest

from apps.applicants.enums import State
from apps.applicants.selectors.document_numbers import missing_in_document_number, normalise_document_number
from apps.applicants.services.batches import send_batch
from apps.applicants.services.national import confirm_application, confirm_items, return_application
from apps.applicants.services.review import agree_application
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.members.models import Membership
from apps.people.selectors import person_id_of_user
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    MINUTES,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_confirmation_admits_gives_a_number_and_announces():
    application = make_application(state=State.SENT)
    confirm_application(**arguments(application, rechecker()), document_number="会协[2026] 12 号")
    application.refresh_from_db()
    membership = application.membership
    assert application.state == State.CONFIRMED
    assert application.document_number == membership.document_number == DOCUMENT_NUMBER
    assert membership.admitted_on == date(2026, 3, 2)
    assert membership.person.photo.sha256 == application.photo.sha256
    assert person_id_of_user(application.user_id) == application.person_id
    assert application.decide_by is None


def test_nothing_earlier_admits_anybody():
    for state in (State.SUBMITTED, State.AGREED, State.SENT, State.RETURNED, State.REFUSED):
        make_application(state=state)
    assert not Membership.objects.exists()


def test_the_second_person_is_not_the_first():
    application = make_application()
    human = make_person("同一人")
    agree_application(**arguments(application, reviewer(person=human)))
    send_batch(actor=SYSTEM, batch_id=open_batch(application).pk, now=NOW + MINUTES)
    application.refresh_from_db()
    with pytest.raises(NotPermitted, match="复核人不能是省级经办人"):
        confirm_application(**arguments(application, rechecker(person=human)), document_number=DOCUMENT_NUMBER)


def test_nobody_confirms_the_own_application():
    application = make_application(state=State.SENT)
    with pytest.raises(NotPermitted, match="本人"):
        confirm_application(
            **arguments(application, rechecker(person=application.person)), document_number=DOCUMENT_NUMBER
        )


def test_the_database_holds_four_eyes_when_the_policy_does_not(monkeypatch):
    application = make_application(state=State.SENT)
    officer = rechecker(person=application.local_decided_by_person)
    monkeypatch.setattr("apps.applicants.services.national.can_recheck_application", lambda actor, case: True)
    with pytest.raises(NotPermitted, match="复核人不能是省级经办人"):
        confirm_application(**arguments(application, officer), document_number=DOCUMENT_NUMBER)
    assert not Membership.objects.exists()


def test_the_database_holds_that_nobody_agrees_the_own_case(monkeypatch):
    application = make_application()
    officer = reviewer(person=application.person)
    monkeypatch.setattr("apps.applicants.services.review.can_review_application", lambda actor, case: True)
    with pytest.raises(NotPermitted, match="另一位工作人员"):
        agree_application(**arguments(application, officer))


def test_return_needs_a_reason_and_starts_the_association_anew():
    application = make_application(state=State.SENT)
    with pytest.raises(RequirementsMissing):
        return_application(**arguments(application, rechecker()), reason_code="")
    return_application(**arguments(application, rechecker()), reason_code=first_reason("return"), note="照片不符")
    application.refresh_from_db()
    assert application.state == State.RETURNED
    assert application.decide_by > date(2026, 3, 20)


def test_a_bulk_confirmation_answers_item_by_item():
    first, stale, last = (make_application(state=State.SENT) for _case in range(3))
    items = [(first.pk, first.version), (stale.pk, stale.version - 1), (last.pk, last.version)]
    results = confirm_items(actor=rechecker(), items=items, document_number=DOCUMENT_NUMBER, now=NOW)
    assert [result.succeeded for result in results] == [True, False, True]
    assert "没有生效" in results[1].message
    stale.refresh_from_db()
    assert stale.state == State.SENT
    assert Membership.objects.count() == 2


def test_somebody_who_is_a_member_already_stops_only_their_own_item():
    member_already, other = make_application(state=State.SENT), make_application(state=State.SENT)
    make_member(member_already.person, effective_on=date(2026, 1, 5))
    items = [(member_already.pk, member_already.version), (other.pk, other.version)]
    results = confirm_items(actor=rechecker(), items=items, document_number=DOCUMENT_NUMBER, now=NOW)
    assert [result.succeeded for result in results] == [False, True]
    assert "已是会员" in results[0].message


def test_a_fault_in_one_item_is_told_and_stops_no_other(monkeypatch):
    first, second = make_application(state=State.SENT), make_application(state=State.SENT)

    def faulty(*, name, case, **values):
        if case == first.reference:
            raise RuntimeError("a fault")

    monkeypatch.setattr("apps.applicants.services.national.announce_admission", faulty)
    items = [(case.pk, case.version) for case in (first, second)]
    results = confirm_items(actor=rechecker(), items=items, document_number=DOCUMENT_NUMBER, now=NOW)
    assert [result.succeeded for result in results] == [False, True]
    assert "没有完成" in results[0].message
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    ["会协〔2026〕12号", "会协[2026]12号", "会协（2026）12号", "会协 〔２０２６〕 12 号", "京会协〔2025〕191号"],
)
def test_document_numbers_are_read_as_they_are_typed(typed):
    assert missing_in_document_number(normalise_document_number(typed), year=2026) == []


@pytest.mark.parametrize("typed", ["", "12", "会协2026-12", "会协〔2026〕012号", "会协〔2027〕1号", "会协〔2026〕12"])
def test_other_document_numbers_are_refused_with_an_example(typed):
    (sentence,) = missing_in_document_number(normalise_document_number(typed), year=2026)
    assert "会协〔2026〕12号" in str(sentence)
