"""From the agent's first page to the register, as the services take it."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import SignInName
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.members.enums import EndReason, MemberKind
from apps.members.models import Membership, MembershipPeriod
from apps.people.services import link_user
from apps.registrations.enums import State
from apps.registrations.models import PlatformResult
from apps.registrations.services import checking, confirming, drafts
from apps.registrations.services.steps import SecondRegistration
from tests.factories.members import make_member
from tests.factories.people import make_person, resident_id
from tests.factories.registrations import (
    NOW,
    WAY,
    accept,
    admit,
    agent_of,
    ask_gaps,
    candidate_of,
    confirm,
    file,
    fresh,
    given,
    head_of,
    invite,
    make_registration,
    officer,
    refuse,
    seat_at,
    the_firm,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.DRAFT, *WAY])
def test_every_state_is_reached_by_somebody(state):
    assert make_registration(state).state == state


def test_imported_result_makes_a_practising_member_with_its_number_and_date():
    registration = make_registration(State.ACCEPTED)
    admit(registration, number="330000120077", decided_on=date(2026, 3, 2))
    membership = Membership.objects.get()
    assert (membership.kind, membership.number) == (MemberKind.PRACTISING, "330000120077")
    assert membership.admitted_on == date(2026, 3, 2)
    assert membership.import_reference.startswith("import:")
    assert membership.case == registration.reference
    name = SignInName.objects.get(value="330000120077")
    assert name.user_id == fresh(registration).candidate_user_id
    period = MembershipPeriod.objects.get()
    assert period.firm.code == "33000012"


def test_conversion_ends_the_old_membership_the_same_day_and_both_numbers_lead_to_the_account():
    number = resident_id()
    person = make_person(identity_number=number)
    old = make_member(person, now=NOW - timedelta(days=30))
    registration = make_registration(State.AWAITING_CANDIDATE, identity_number=number, email="both@cpa.example.org")
    user_id = candidate_of(registration).user_id
    link_user(user_id=user_id, person_id=person.pk, now=NOW)
    SignInName.objects.create(kind="non_practising", value=old.number, user_id=user_id, created_at=NOW)
    for step in (confirm, file, accept, admit):
        step(fresh(registration))
    ended = MembershipPeriod.objects.get(membership=old, superseded_at=None, status="ended")
    assert (ended.end_reason, ended.valid_from) == (EndReason.CONVERTED, date(2026, 3, 2))
    new = fresh(registration).membership
    assert new.person_id == old.person_id
    assert set(SignInName.objects.filter(user_id=user_id).values_list("value", flat=True)) == {old.number, new.number}


def test_same_result_twice_changes_nothing():
    registration = make_registration(State.ACCEPTED)
    assert admit(registration, number="330000120077") == "created"
    assert admit(registration, number="330000120077") == "unchanged"
    assert Membership.objects.count() == 1
    assert PlatformResult.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "王小朋"},
        {"firm_code": "33000099"},
        {"identity_number": resident_id(date(1991, 1, 1), 7)},
        {"decided_on": date(2026, 2, 1)},
    ],
)
def test_result_that_speaks_of_something_else_is_kept_and_admits_nobody(change):
    registration = make_registration(State.ACCEPTED)
    admit(registration, **change)
    assert fresh(registration).state == State.ACCEPTED
    assert Membership.objects.count() == 0
    assert PlatformResult.objects.get().registration == registration


def test_corrected_file_admits_after_all():
    registration = make_registration(State.ACCEPTED)
    admit(registration, name="王小朋", number="330000120077")
    assert admit(registration, number="330000120077") == "updated"
    assert fresh(registration).state == State.ADMITTED


def test_number_of_somebody_else_admits_nobody():
    first = make_registration(State.ACCEPTED)
    admit(first, number="330000120077")
    second = make_registration(State.ACCEPTED)
    admit(second, number="330000120077")
    assert fresh(second).state == State.ACCEPTED


def test_result_before_acceptance_admits_nobody():
    registration = make_registration(State.FILED)
    admit(registration)
    assert fresh(registration).state == State.FILED


def test_result_of_another_association_is_refused():
    registration = make_registration(State.ACCEPTED)
    from apps.registrations.services.platform import apply_result
    from tests.factories.registrations import Job, result_for

    with pytest.raises(NotPermitted):
        apply_result(result_for(registration), actor=officer("110000"), job=Job, now=NOW)


def test_refusal_of_the_platform_ends_the_case_with_its_reason():
    registration = make_registration(State.ACCEPTED)
    refuse(registration)
    registration = fresh(registration)
    assert (registration.state, registration.reason_code) == (State.REFUSED, "practising.platform")
    assert registration.reason_note == "材料与事实不符"


def test_person_has_one_registration_under_way():
    number = resident_id()
    make_registration(State.FILED, identity_number=number)
    other = make_registration(State.AWAITING_CANDIDATE, identity_number=number, firm=the_firm("33000013"))
    with pytest.raises(SecondRegistration):
        confirm(other)


def test_declining_returns_the_case_to_the_agent_with_the_reason():
    registration = make_registration(State.AWAITING_CANDIDATE)
    confirming.decline_registration(**given(registration, candidate_of(registration)), reason="入职日期不对")
    registration = fresh(registration)
    assert (registration.state, registration.reason_note) == (State.DRAFT, "入职日期不对")


def test_declining_needs_a_reason():
    registration = make_registration(State.AWAITING_CANDIDATE)
    with pytest.raises(RequirementsMissing):
        confirming.decline_registration(**given(registration, candidate_of(registration)), reason=" ")


def test_nobody_but_the_candidate_confirms():
    registration = make_registration(State.AWAITING_CANDIDATE)
    for actor in (agent_of(registration), head_of(registration.firm), officer()):
        with pytest.raises(NotPermitted):
            confirming.confirm_registration(**given(registration, actor), declarations={})


def test_agent_cannot_commit_the_firm():
    registration = make_registration(State.AWAITING_FIRM)
    with pytest.raises(NotPermitted):
        confirming.file_registration(**given(registration, agent_of(registration)))


def test_agent_of_another_firm_cannot_type():
    registration = make_registration()
    stranger = seat_at(the_firm("33000013"), "agent")
    with pytest.raises(drafts.PageClosed):
        drafts.save_page(actor=stranger, registration_id=registration.pk, page="contact", answers={}, now=NOW)


def test_what_is_mended_after_gaps_is_confirmed_and_committed_to_again():
    registration = make_registration(State.GAPS)
    with pytest.raises(drafts.PageClosed):
        drafts.save_page(
            actor=agent_of(registration), registration_id=registration.pk, page="contact", answers={}, now=NOW
        )
    invite(registration)
    registration = fresh(registration)
    assert (registration.state, registration.confirmed_at, registration.committed_at) == (
        State.AWAITING_CANDIDATE,
        None,
        None,
    )
    confirm(registration)
    file(fresh(registration))
    registration = fresh(registration)
    assert registration.state == State.FILED
    assert registration.gap_lists.get().answered_at == NOW


def test_second_list_of_gaps_says_why():
    registration = make_registration(State.GAPS)
    for step in (invite, confirm, file):
        step(fresh(registration))
    with pytest.raises(RequirementsMissing):
        ask_gaps(fresh(registration))
    ask_gaps(fresh(registration), why_again="补正后的照片仍不合格")
    assert [gap_list.round for gap_list in registration.gap_lists.order_by("round")] == [1, 2]


def test_lost_certificate_waits_for_the_exam_offices_confirmation():
    registration = make_registration(State.FILED, certificate_lost=True)
    with pytest.raises(RequirementsMissing):
        accept(registration)
    checking.record_exam_confirmation(**given(registration, officer()), number="财考办确〔2026〕15号")
    accept(fresh(registration))
    assert fresh(registration).state == State.ACCEPTED


def test_acceptance_from_a_stale_page_is_refused():
    registration = make_registration(State.FILED)
    accept(registration)
    with pytest.raises(TransitionRefused):
        accept(registration)


def test_officer_cannot_handle_their_own_case():
    number = resident_id()
    person = make_person(identity_number=number)
    registration = make_registration(State.FILED, identity_number=number)
    with pytest.raises(NotPermitted):
        accept(registration, actor=officer(person=person))


def test_corrected_address_is_asked_instead_of_the_one_that_confirmed():
    registration = make_registration(State.AWAITING_FIRM)
    before = candidate_of(registration)
    confirming.send_back(**given(registration, head_of(registration.firm)), reason="邮箱不是本人的")
    page = {"email": "right@cpa.example.org", "phone": "+8613800138000"}
    drafts.save_page(
        actor=agent_of(registration), registration_id=registration.pk, page="contact", answers=page, now=NOW
    )
    invite(fresh(registration))
    with pytest.raises(NotPermitted):
        confirming.confirm_registration(**given(fresh(registration), before), declarations={})
    confirm(fresh(registration))
    assert fresh(registration).candidate_user.email == "right@cpa.example.org"
