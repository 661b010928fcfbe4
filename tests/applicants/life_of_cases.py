"""A machine that does with a few cases whatever anybody might try, and looks at the register after each act.

It goes through the services, with the database, its constraints and its triggers. What it looks for: a membership that
two officers have not made, a case that nobody can move on, a decision taken twice.
"""

import itertools
from datetime import timedelta

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.applicants.enums import OPEN_STATES, Action, Field, State
from apps.applicants.models import Application, Batch
from apps.applicants.policies import actions_open_to
from apps.applicants.services.batches import send_batch
from apps.applicants.services.claims import take_over_application
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.expiry import expire_corrections
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.applicants.services.take_back import take_back_agreement
from apps.applicants.services.withdrawal import withdraw_application
from apps.core.errors import PortalError
from apps.members.models import Membership
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import DOCUMENT_NUMBER, NOW, SYSTEM, applicant_of, first_reason, make_application
from tests.factories.people import make_person

ANY = st.integers(0, 99)
OF_TIME = {State.AGREED: Action.SEND}
"""What the scheduler alone carries on."""
_sequence = itertools.count(1)


def officer(*seats, person):
    user = make_user(f"machine{next(_sequence)}@example.org")
    return make_actor(*seats, user_id=user.pk, person_id=person.pk, label=f"officer {user.pk}")


class World:
    """Two ordinary cases, one of the national body's own, and one whose applicant is an officer; officers of whom some
    are one person with two accounts, and one is linked to nobody."""

    def __init__(self):
        first, second, third, fourth, both = map(make_person, ("李经办", "周经办", "吴复核", "郑复核", "双席"))
        self.officers = [
            officer((Role.REVIEWER, "330000"), person=first),
            officer((Role.REVIEWER, "330000"), person=second),
            officer((Role.REVIEWER, "310000"), person=second),
            officer(Role.RECHECKER, person=third),
            officer(Role.RECHECKER, person=fourth),
            officer((Role.REVIEWER, NATIONAL_CODE), person=third),
            officer((Role.REVIEWER, NATIONAL_CODE), (Role.RECHECKER, NATIONAL_CODE), person=both),
            officer((Role.REVIEWER, "330000"), (Role.RECHECKER, NATIONAL_CODE), person=both),
            make_actor((Role.REVIEWER, "330000"), user_id=make_user("linked-to-nobody@example.org").pk),
        ]
        own = make_application()
        self.cases = [make_application(), make_application(), make_application(association=NATIONAL_CODE), own]
        self.officers.append(
            make_actor((Role.REVIEWER, "330000"), user_id=own.user_id, person_id=own.person_id, label="own")
        )


class LifeOfCases(RuleBasedStateMachine):
    """Each life begins in the same world and leaves nothing behind."""

    world: World
    acts = admissions = 0

    def __init__(self):
        super().__init__()
        self.scope = transaction.atomic()
        self.scope.__enter__()
        self.now = NOW
        self.cases, self.officers = self.world.cases, self.world.officers
        self.made_of: dict = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)

    def _case(self, number: int) -> Application:
        chosen = self.cases[number % len(self.cases)]
        return Application.objects.select_related("data_key", "association", "batch").get(pk=chosen.pk)

    def _officer(self, number: int):
        return self.officers[number % len(self.officers)]

    def _try(self, act, *args, **kwargs) -> bool:
        """Whether it was done. A refusal in words is fine; an exception of any other kind is a fault."""
        type(self).acts += 1
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except PortalError:
            return False
        return True

    def _decide(self, act, case: int, who: int, stale: bool, **kwargs) -> bool:
        application = self._case(case)
        version = application.version - 1 if stale else application.version
        done = self._try(
            act, actor=self._officer(who), application_id=application.pk, version=version, now=self.now, **kwargs
        )
        assert not (done and stale), f"{act.__name__} took a stale page"
        return done

    @rule(case=ANY, who=ANY, stale=st.sampled_from([False, False, False, True]))
    def agree(self, case, who, stale):
        if self._decide(agree_application, case, who, stale, confirmed=("roll", "identity")):
            self.made_of[self._case(case).pk] = [self._officer(who)]

    @rule(case=ANY, who=ANY, stale=st.booleans())
    def take_back(self, case, who, stale):
        if self._decide(take_back_agreement, case, who, stale):
            assert self.made_of.pop(self._case(case).pk)[0].user_id == self._officer(who).user_id

    @rule(case=ANY, who=ANY)
    def ask_for_correction(self, case, who):
        self._decide(request_correction, case, who, False, items=[(Field.PHONE, "请核对")], late_reason="漏看")

    @rule(case=ANY, who=ANY, answers=st.booleans())
    def answer(self, case, who, answers):
        application = self._case(case)
        actor = applicant_of(application) if answers else self._officer(who)
        self._try(
            answer_correction,
            actor=actor,
            application_id=application.pk,
            version=application.version,
            answers={Field.PHONE: "+8613800000001"},
            now=self.now,
        )

    @rule(case=ANY, who=ANY)
    def refuse(self, case, who):
        self._decide(refuse_application, case, who, False, reason_code=first_reason("refusal", self.now))

    @rule(case=ANY, who=ANY)
    def take_over(self, case, who):
        application = self._case(case)
        if application.officer_id is not None:
            self._try(
                take_over_application,
                actor=self._officer(who),
                application_id=application.pk,
                seen_officer_id=application.officer_id,
                now=self.now,
            )

    @rule(who=ANY, alone=st.booleans())
    def send(self, who, alone):
        actor = SYSTEM if alone else self._officer(who)
        for batch in Batch.objects.filter(state="open"):
            self._try(send_batch, actor=actor, batch_id=batch.pk, now=self.now)

    @rule(case=ANY, who=ANY, stale=st.sampled_from([False, False, False, True]))
    def confirm(self, case, who, stale):
        if self._decide(confirm_application, case, who, stale, document_number=DOCUMENT_NUMBER):
            self.made_of[self._case(case).pk].append(self._officer(who))
            type(self).admissions += 1

    @rule(case=ANY, who=ANY)
    def send_back(self, case, who):
        self._decide(return_application, case, who, False, reason_code=first_reason("return", self.now))

    @rule(case=ANY, who=ANY, own=st.booleans())
    def withdraw(self, case, who, own):
        application = self._case(case)
        actor = applicant_of(application) if own else self._officer(who)
        done = self._try(
            withdraw_application, actor=actor, application_id=application.pk, version=application.version, now=self.now
        )
        assert not done or actor.user_id == application.user_id

    @rule(minutes=st.sampled_from([1, 11, 60 * 24, 60 * 24 * 9, 60 * 24 * 40]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        expire_corrections(actor=SYSTEM, now=self.now)

    @rule(case=ANY)
    def somebody_carries_on(self, case):
        """So that lives come to their end, too: whoever may do what usually comes next does it."""
        state = self._case(case).state
        if state == State.AGREED:
            self.time_passes(11)
            self.send(0, alone=True)
        for who in range(len(self.officers)):
            if state in {State.SUBMITTED, State.RETURNED}:
                self.agree(case, who, stale=False)
            if state == State.SENT:
                self.confirm(case, who, stale=False)

    @invariant()
    def membership_is_made_by_two_persons_of_the_right_offices(self):
        for membership in Membership.objects.filter(case__in=[case.reference for case in self.cases]):
            application = Application.objects.get(reference=membership.case)
            assert application.state == State.CONFIRMED
            first, second = self.made_of[application.pk]
            assert len({first.person_id, second.person_id, application.person_id}) == 3
            assert (Role.REVIEWER, application.association_id) in _seats(first)
            assert (Role.RECHECKER, NATIONAL_CODE) in _seats(second)

    @invariant()
    def nobody_is_a_member_before_the_confirmation(self):
        open_cases = Application.objects.filter(pk__in=[case.pk for case in self.cases]).exclude(state=State.CONFIRMED)
        assert not Membership.objects.filter(case__in=open_cases.values("reference")).exists()

    @invariant()
    def every_open_case_can_go_on(self):
        """By an officer, by its applicant, or by time alone: there is no dead end."""
        for number in range(len(self.cases)):
            application = self._case(number)
            if application.state not in OPEN_STATES or application.state in OF_TIME:
                continue
            if application.state == State.CORRECTION_REQUESTED:
                assert application.corrections.filter(answered_at=None).exists()
                continue
            assert any(actions_open_to(actor, application) for actor in self.officers), application.state

    @invariant()
    def database_agrees_with_itself(self):
        connection.check_constraints()


def _seats(actor) -> set:
    return {(seat.role, seat.association_code) for seat in actor.seats}
