"""Where the association decides in the portal: two officers, more time, refusal, what follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.enums import Role
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.members.models import Membership
from apps.registrations.enums import Ground, State
from apps.registrations.models import Registration
from apps.registrations.selectors.clock import refusal_notice_by, registration_clock
from apps.registrations.selectors.duties import duty_rows
from apps.registrations.services import deciding
from apps.rules.selectors import working_calendar
from tests.factories.people import make_person
from tests.factories.registrations import (
    CLEAN,
    NOW,
    accept,
    admit,
    approve,
    confirm,
    decide_inside,
    file,
    fresh,
    given,
    make_registration,
    officer,
    propose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted():
    decide_inside()
    return make_registration(State.ACCEPTED)


@pytest.fixture
def proposed(accepted):
    propose(accepted)
    return fresh(accepted)


def test_two_officers_make_a_cpa_whose_number_begins_with_the_firms_code(proposed):
    approve(proposed)
    registration, membership = fresh(proposed), Membership.objects.get()
    assert registration.state == State.ADMITTED
    assert membership.number == "330000120001"
    assert membership.import_reference == ""
    assert membership.admitted_on == civil_date(NOW)


def test_next_cpa_of_the_firm_has_the_next_number(proposed):
    approve(proposed)
    second = make_registration(State.ACCEPTED)
    propose(second)
    approve(fresh(second))
    assert fresh(second).membership.number == "330000120002"


def test_one_person_cannot_do_both_with_two_accounts(accepted):
    person = make_person("一人")
    propose(accepted, actor=officer(person=person))
    from tests.factories.accounts import make_actor, make_user

    other = make_actor((Role.REVIEWER, "330000"), user_id=make_user("second@example.org").pk, person_id=person.pk)
    with pytest.raises(NotPermitted):
        approve(fresh(accepted), actor=other)


def test_database_refuses_the_same_person_twice(proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=proposed.pk).update(decided_by_person=proposed.proposed_by_person)


def test_database_refuses_admission_without_second_officer_or_import(proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=proposed.pk).update(state=State.ADMITTED)


def test_officer_of_another_association_cannot_approve(proposed):
    with pytest.raises(NotPermitted):
        approve(proposed, actor=officer("110000"))


def test_platforms_result_does_not_end_a_case_that_is_decided_inside(accepted):
    admit(accepted)
    assert fresh(accepted).state == State.ACCEPTED


def test_nobody_proposes_where_the_platform_decides():
    registration = make_registration(State.ACCEPTED)
    with pytest.raises(NotPermitted):
        propose(registration)


def test_rule_of_the_day_of_acceptance_settles_the_way():
    registration = make_registration(State.ACCEPTED)
    decide_inside()
    assert fresh(registration).decides_inside is False


def test_disagreement_goes_back_to_the_first_officer_with_the_reason(proposed):
    deciding.disagree_with_proposal(**given(proposed, officer()), reason="日期不一致")
    registration = fresh(proposed)
    assert (registration.state, registration.reason_note, registration.proposed_by) == (
        State.ACCEPTED,
        "日期不一致",
        None,
    )
    propose(registration)
    assert fresh(registration).reason_note is None


@pytest.mark.parametrize(
    ("born", "granted"), [("1955-03-03", True), ("1955-03-02", False), ("1955-03-01", False), ("1956-03-02", True)]
)
def test_over_seventy_is_not_registered(born, granted):
    from tests.factories.people import resident_id

    decide_inside()
    number = resident_id(date.fromisoformat(born))
    registration = make_registration(State.ACCEPTED, identity_number=number)
    if granted:
        propose(registration)
        return
    with pytest.raises(RequirementsMissing):
        propose(registration)


@pytest.mark.parametrize(
    ("ground", "since", "granted"),
    [
        (Ground.CRIMINAL, "2021-03-02", True),
        (Ground.CRIMINAL, "2021-03-03", False),
        (Ground.PENALTY, "2024-03-02", True),
        (Ground.PENALTY, "2024-03-03", False),
        (Ground.REVOKED, "2021-03-02", True),
        (Ground.REVOKED, "2021-03-03", False),
        (Ground.FRAUD, "2023-03-02", True),
        (Ground.FRAUD, "2023-03-03", False),
    ],
)
def test_declared_ground_bars_for_its_years(ground, since, granted):
    decide_inside()
    registration = make_registration(State.AWAITING_CANDIDATE)
    confirm(registration, declarations=CLEAN | {ground.value: True, f"{ground}_on": since, "note": "说明"})
    file(fresh(registration))
    confirmed = {"roll", ground.value}
    from apps.registrations.services import checking

    checking.accept_registration(**given(fresh(registration), officer()), confirmed=confirmed)
    actor = officer()
    if not granted:
        with pytest.raises(RequirementsMissing):
            deciding.propose_registration(**given(fresh(registration), actor), confirmed=confirmed)
        return
    deciding.propose_registration(**given(fresh(registration), actor), confirmed=confirmed)


def test_less_than_two_years_of_audit_work_is_not_enough():
    decide_inside()
    spell = [{"employer": "杭州诚信会计师事务所", "since": "2024-03-03", "until": ""}]
    registration = make_registration(State.ACCEPTED, experience=spell)
    propose(registration)
    later = make_registration(State.ACCEPTED, experience=[spell[0] | {"since": "2024-03-04"}])
    with pytest.raises(RequirementsMissing):
        propose(later)


def test_refusal_names_a_reason_of_the_catalogue_and_fifteen_days_for_the_notice(accepted):
    with pytest.raises(RequirementsMissing):
        deciding.refuse_registration(**given(accepted, officer()), reason_code="refusal.over_five_years")
    deciding.refuse_registration(**given(accepted, officer()), reason_code="practising.experience", note="1 年 3 个月")
    registration = fresh(accepted)
    assert registration.state == State.REFUSED
    assert refusal_notice_by(registration) == date(2026, 3, 17)


def test_head_of_the_association_extends_once_and_the_last_day_moves(accepted):
    assert accepted.decide_by == date(2026, 3, 30)
    deciding.ask_for_extension(**given(accepted, officer()), reason="核实审计经历")
    with pytest.raises(NotPermitted):
        deciding.extend_registration(**given(fresh(accepted), officer()))
    director = officer(role=Role.DIRECTOR)
    deciding.extend_registration(**given(fresh(accepted), director))
    registration = fresh(accepted)
    assert registration.decide_by == date(2026, 4, 14)
    assert registration_clock(registration, working_calendar()).allowed == 30
    with pytest.raises(RequirementsMissing):
        deciding.ask_for_extension(**given(registration, officer()), reason="再来")
    with pytest.raises(RequirementsMissing):
        deciding.extend_registration(**given(registration, director))


def test_extension_needs_a_reason(accepted):
    with pytest.raises(RequirementsMissing):
        deciding.ask_for_extension(**given(accepted, officer()), reason=" ")


def test_certificate_and_filing_list_have_their_last_days(proposed, django_assert_num_queries):
    approve(proposed)
    actor = officer()
    calendar = working_calendar()
    with django_assert_num_queries(3):
        (row,) = duty_rows(actor, calendar, today=civil_date(NOW))
    assert (row.certificate.due_on, row.report.due_on) == (date(2026, 3, 16), date(2026, 3, 30))
    assert not row.report_is_late
    deciding.report_registrations(
        actor=actor, association_code="330000", references=[proposed.reference], now=NOW + timedelta(days=40)
    )
    (row,) = duty_rows(actor, calendar, today=civil_date(NOW))
    assert row.report.done_on == date(2026, 4, 11)
    assert row.report_is_late


def test_second_approval_is_refused(proposed):
    approve(proposed)
    with pytest.raises(TransitionRefused):
        approve(proposed)
    assert Membership.objects.count() == 1


def test_form_check_has_five_working_days_and_decision_twenty():
    registration = make_registration(State.FILED)
    assert registration.decide_by == date(2026, 3, 9)
    accept(registration, now=NOW + timedelta(days=2))
    assert fresh(registration).decide_by == date(2026, 4, 1)
