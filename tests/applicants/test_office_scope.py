"""Role × scope × action over all associations: what the list shows, the policies allow, and nothing else."""

from uuid import UUID

import pgtrigger
import pytest

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.applicants.enums import Action, BatchState, State
from apps.applicants.models import Application, Batch
from apps.applicants.policies import actions_open_to, can_send_batch, can_view_application, can_view_batch
from apps.applicants.selectors.batches import batches_visible_to
from apps.applicants.selectors.worklist import applications_visible_to
from apps.associations.selectors import all_associations
from apps.core.encryption import create_data_key
from apps.people.models import Person
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import NOW, make_application, reviewer
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

SHOWN = [State.SUBMITTED, State.AGREED, State.SENT, State.RETURNED, State.REFUSED]


@pytest.fixture
def country():
    """One case in each of five states and two batches at every association, written past the triggers, in bulk."""
    key, user, officer = create_data_key(), make_user("many@example.org"), make_user("first@example.org")
    first = make_person("第一人")
    codes = [association.code for association in all_associations()]
    people = [Person(data_key=key, name="某人", created_at=NOW) for _code in codes for _state in SHOWN]
    Person.objects.bulk_create(people)
    batches = [
        Batch(association_id=code, number=f"{code}-{state}", state=state, opened_at=NOW)
        for code in codes
        for state in BatchState
    ]
    for batch in batches:
        if batch.state == BatchState.SENT:
            batch.sent_at, batch.decide_by = NOW, NOW.date()
    by_key = {(batch.association_id, batch.state): batch for batch in batches}
    cases = [
        Application(
            user=user,
            data_key=key,
            answers={},
            state=state,
            association_id=code,
            person=people[number],
            reference=f"{code}-{state}",
            created_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
            decide_by=NOW.date(),
            reason_code="r",
            batch=None if state == State.AGREED else by_key[code, BatchState.SENT],
            take_back_until=NOW if state == State.AGREED else None,
            local_decided_at=NOW,
            local_decided_by=officer,
            local_decided_by_person=first,
        )
        for number, (code, state) in enumerate((code, state) for code in codes for state in SHOWN)
    ]
    with pgtrigger.ignore("applicants.Application:state_starts", "applicants.Batch:state_starts"):
        Batch.objects.bulk_create(batches)
        Application.objects.bulk_create(cases)
    return codes, cases, batches


def every_actor(codes):
    for role in Role:
        for code in codes:
            yield make_actor((role, code), user_id=10_000, person_id=NOBODY)


NOBODY = UUID("00000000-0000-7000-8000-00000000aaaa")


def test_list_and_policy_agree_for_every_role_at_every_association(country):
    codes, cases, batches = country
    for actor in every_actor(codes):
        listed = set(applications_visible_to(actor).values_list("pk", flat=True))
        assert listed == {case.pk for case in cases if can_view_application(actor, case)}, actor.seats
        listed = set(batches_visible_to(actor).values_list("pk", flat=True))
        assert listed == {batch.pk for batch in batches if can_view_batch(actor, batch)}, actor.seats


def test_every_role_acts_where_it_should_and_nowhere_else(country):
    codes, cases, batches = country
    local = {
        State.SUBMITTED: {Action.AGREE, Action.REFUSE, Action.REQUEST_CORRECTION},
        State.RETURNED: {Action.AGREE, Action.REFUSE, Action.REQUEST_CORRECTION},
    }
    national = {State.SENT: {Action.CONFIRM, Action.RETURN}}
    for actor in every_actor(codes):
        (seat,) = actor.seats
        for case in cases:
            expected = set()
            if seat.role == Role.REVIEWER and seat.association_code == case.association_id:
                expected = local.get(case.state, set())
            if seat.role == Role.RECHECKER and seat.association_code == NATIONAL_CODE:
                expected = national.get(case.state, set())
            assert set(actions_open_to(actor, case)) == expected, (actor.seats, case.reference)
        for batch in batches:
            own = seat.role == Role.REVIEWER and seat.association_code == batch.association_id
            assert can_send_batch(actor, batch) is own


def test_nobody_sees_or_decides_the_own_case():
    application = make_application()
    officer = reviewer(person=application.person)
    assert not applications_visible_to(officer).exists()
    assert not can_view_application(officer, application)
    assert actions_open_to(officer, application) == []


def test_an_account_that_is_nobody_reads_but_decides_nothing():
    application = make_application()
    unlinked = make_actor((Role.REVIEWER, "330000"), user_id=10_000, person_id=None)
    assert can_view_application(unlinked, application)
    assert actions_open_to(unlinked, application) == []
