"""Who was a CPA comes out of the register, and becomes a non-practising member in one act."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import SignInName
from apps.accounts.services import add_sign_in_name
from apps.applicants.enums import Field, Route
from apps.applicants.services.drafts import open_draft
from apps.applicants.services.likeness import answer_possible_person
from apps.certificates.selectors.verdicts import verdict_for_member
from apps.core.errors import RequirementsMissing
from apps.members.enums import EndReason, MemberKind, MembershipStatus
from apps.members.selectors import membership_state
from apps.people.models import Person
from apps.people.services import link_user
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import (
    arguments,
    reviewer,
)
from tests.factories.candidates import NOW, TODAY
from tests.factories.people import resident_id
from tests.factories.routes import STOPPED, agreed, confirmed, cpa_with, former, lines_of
from tests.support.replaying import every_decision_can_be_derived_again  # noqa: F401

pytestmark = pytest.mark.django_db


class TestFormerCpas:
    def test_an_ended_record_is_green_and_becomes_a_non_practising_membership(self):
        identity = resident_id()
        old = cpa_with(identity, reason=EndReason.CANCELLED)
        case = former(identity)
        assert (case.route, case.register_entry, case.person) == (Route.EX_PRACTISING, old, old.person)
        lines = lines_of(case)
        assert lines["practising"].is_green and lines["five_years"].is_green and "roll" not in lines
        new = confirmed(case).membership
        assert (new.kind, new.person_id) == (MemberKind.NON_PRACTISING, old.person_id)
        assert new.number != old.number

    def test_old_and_new_period_change_in_one_transaction_when_the_record_is_still_open(self):
        identity = resident_id()
        old = cpa_with(identity)
        case = former(identity)
        assert lines_of(case)["practising"].needs_person
        assert not lines_of(case)["register"].is_blocked
        new = confirmed(case).membership
        before, after = (membership_state(old, on=day) for day in (date(2026, 3, 1), TODAY))
        assert before.is_current and after.status == MembershipStatus.ENDED
        assert after.end_reason == EndReason.CONVERTED
        assert membership_state(new, on=TODAY).is_active

    def test_verification_follows_the_register_at_once(self):
        identity = resident_id()
        old = cpa_with(identity)
        new = confirmed(former(identity)).membership
        later = NOW + timedelta(hours=1)
        words = [
            verdict_for_member(kind=member.kind, number=member.number, name="王小明", now=later).word
            for member in (old, new)
        ]
        assert words == ["ended", "valid"]

    def test_nothing_changes_where_the_confirmation_fails(self, monkeypatch):
        identity = resident_id()
        old = cpa_with(identity)
        case = former(identity)

        def fail(*args, **kwargs):
            raise RuntimeError("no announcement")

        monkeypatch.setattr("apps.applicants.services.national.announce_admission", fail)
        with pytest.raises(RuntimeError):
            confirmed(case)
        assert membership_state(old, on=TODAY).is_current

    def test_both_numbers_lead_to_the_account_that_the_old_one_opens(self):
        identity = resident_id()
        old = cpa_with(identity)
        account = make_user("cpa@example.org")
        link_user(user_id=account.pk, person_id=old.person_id, now=NOW)
        add_sign_in_name(user_id=account.pk, kind="practising", value=old.number, now=NOW)
        new = confirmed(former(identity)).membership
        names = SignInName.objects.filter(value__in=[old.number, new.number])
        assert {(name.value, name.user_id) for name in names} == {(old.number, account.pk), (new.number, account.pk)}

    def test_without_an_account_before_the_applicants_gets_both(self):
        identity = resident_id()
        old = cpa_with(identity)
        case = confirmed(former(identity))
        names = SignInName.objects.filter(value__in=[old.number, case.membership.number])
        assert {name.user_id for name in names} == {case.user_id} and names.count() == 2

    def test_the_register_keeps_its_own_name(self):
        identity = resident_id()
        old = cpa_with(identity, name="劉小明", reason=EndReason.CANCELLED)
        confirmed(former(identity, name="刘小明"))
        assert Person.objects.select_related("data_key").get(pk=old.person_id).name == "劉小明"

    @pytest.mark.parametrize("reason", ["revoked", "expelled", "disqualified"])
    def test_reasons_of_article_10_fail(self, reason):
        identity = resident_id()
        cpa_with(identity, reason=reason)
        case = former(identity)
        assert lines_of(case)["practising"].is_blocked
        with pytest.raises(RequirementsMissing):
            agreed(case)

    def test_a_rescinded_registration_is_for_a_person(self):
        identity = resident_id()
        cpa_with(identity, reason=EndReason.RESCINDED)
        assert lines_of(former(identity))["practising"].needs_person

    @pytest.mark.parametrize(("ended_on", "level"), [(date(2021, 3, 2), "is_green"), (date(2021, 3, 1), "is_blocked")])
    def test_the_five_years_run_from_the_registers_day_not_from_the_declared_one(self, ended_on, level):
        identity = resident_id()
        cpa_with(identity, reason=EndReason.CANCELLED, on=ended_on)
        lines = lines_of(former(identity, stopped_on="2024-06-30"))
        assert getattr(lines["five_years"], level)
        assert "2021" in lines["stopped_on"].sentence

    def test_a_declared_day_without_a_record_needs_a_person(self):
        lines = lines_of(former(resident_id()))
        assert lines["practising"].needs_person and lines["stopped_on"].needs_person

    def test_somebody_elses_number_is_never_green_nor_converted(self):
        victim = cpa_with(resident_id(date(1970, 1, 1)), reason=EndReason.CANCELLED, name="欧阳海")
        case = former(resident_id(date(1980, 1, 1)))
        assert lines_of(case)["practising"].needs_person
        assert lines_of(case)["same_person"].is_blocked, "an officer must say whether it is the same person"
        question = case.possible_persons.get()
        assert (question.person_id, question.why) == (victim.person_id, ["cpa_number"])
        answer_possible_person(**arguments(case, reviewer()), possible_id=question.pk, is_same=False)
        assert confirmed(case).membership.person_id != victim.person_id

    def test_the_form_shows_nothing_of_the_register(self):
        identity = resident_id()
        cpa_with(identity, name="劉小明", reason=EndReason.CANCELLED)
        case = former(identity, name="某某某")
        assert case.answers[Field.NAME] == "某某某"
        assert "劉" not in str(case.answers)

    def test_an_account_of_the_person_finds_the_form_filled_in(self):
        identity = resident_id()
        old = cpa_with(identity, reason=EndReason.CANCELLED)
        user = make_user("own@example.org")
        link_user(user_id=user.pk, person_id=old.person_id, now=NOW)
        actor = make_actor(user_id=user.pk, person_id=old.person_id, second_factor=False, label="own")
        draft = open_draft(actor=actor, eligibility=STOPPED, language="zh-hans", now=NOW)
        assert draft.answers[Field.IDENTITY_NUMBER] == identity
        assert draft.answers[Field.CPA_NUMBER] == old.number
