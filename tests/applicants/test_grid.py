"""State × action × role for everything that moves in joining: case, batch, undo, appeal. Each cell is tried through its
service, with everything else in order: what the table or the policies do not allow is refused and leaves no trace."""

from datetime import timedelta

import pytest
from django.db import transaction

from apps.accounts.enums import Role
from apps.applicants.enums import Action, AppealAction, AppealState, BatchState, State, UndoAction, UndoState
from apps.applicants.models import Appeal, Application, Batch, Undo
from apps.applicants.services.appeals import decide_appeal, file_appeal
from apps.applicants.services.batches import send_batch
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.applicants.services.take_back import take_back_agreement
from apps.applicants.services.undoing import ask_undo, confirm_undo, decline_undo
from apps.applicants.services.withdrawal import withdraw_application
from apps.applicants.workflow import APPEAL, APPLICATION, BATCH, UNDO
from apps.core.actor import Actor
from apps.core.errors import PortalError
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)
from tests.factories.documents import picture, picture_bytes
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

OTHERS = (Role.DIRECTOR, Role.REGISTRAR, Role.ADMINISTRATOR, Role.AUDITOR, Role.SECURITY)


def seated(role: Role) -> Actor:
    user, person = make_user(f"{role}-{make_person().pk}@example.org"), make_person("李经办")
    return make_actor(role, user_id=user.pk, person_id=person.pk)


def people_around(case: Application) -> dict[str, Actor]:
    """Everybody who could press a button, by what they are to the case."""
    return {
        "the applicant": applicant_of(case),
        "a reviewer here": reviewer(),
        "a reviewer elsewhere": reviewer("110000"),
        "a rechecker": rechecker(),
        "an officer who is the applicant": reviewer(person=case.person),
        "a rechecker who is the applicant": rechecker(person=case.person),
        "an account without a person": make_actor((Role.REVIEWER, "330000"), user_id=make_user("x@example.org").pk),
        "another member": make_actor(user_id=make_user("y@example.org").pk, second_factor=False),
        "a stranger": Actor.anonymous(),
        **{f"the {role}": seated(role) for role in OTHERS},
    }


def succeeded(act) -> bool:
    """Whether the act went through; in any case as if it had not been tried."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except PortalError:
        return False
    return True


OFFICE = {Action.AGREE, Action.REFUSE, Action.REQUEST_CORRECTION}
MAY = {
    "the applicant": {Action.WITHDRAW, Action.ANSWER_CORRECTION},
    "a reviewer here": OFFICE,
    "a rechecker": {Action.CONFIRM, Action.RETURN},
}
PICTURE = picture_bytes(picture(178, 220))
"""What the factory's correction asks for."""
TRIED = {*OFFICE, Action.WITHDRAW, Action.ANSWER_CORRECTION, Action.CONFIRM, Action.RETURN}


def step(action: Action, case: Application, actor: Actor):
    given = arguments(case, actor)
    return {
        Action.AGREE: lambda: agree_application(**given),
        Action.REFUSE: lambda: refuse_application(**given, reason_code=first_reason("refusal")),
        Action.REQUEST_CORRECTION: lambda: request_correction(**given, items=[("name", "请与证件一致")]),
        Action.WITHDRAW: lambda: withdraw_application(**given),
        Action.ANSWER_CORRECTION: lambda: answer_correction(**given, answers={}, picture=PICTURE),
        Action.CONFIRM: lambda: confirm_application(**given, document_number=DOCUMENT_NUMBER),
        Action.RETURN: lambda: return_application(**given, reason_code=first_reason("return")),
    }[action]


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_case(state):
    case = make_application(state=state)
    for who, actor in people_around(case).items():
        done = {action for action in TRIED if succeeded(step(action, case, actor))}
        allowed = {action for action in MAY.get(who, set()) if APPLICATION.allows(state, action)}
        assert done == allowed, (who, state)


def test_agreement_is_taken_back_by_its_author_only():
    case = make_application()
    author = reviewer()
    agree_application(**arguments(case, author))
    case.refresh_from_db()
    took = {who for who, actor in people_around(case).items() if succeeded(lambda a=actor: take_back(case, a))}
    assert took == set()
    assert succeeded(lambda: take_back(case, author))


def take_back(case, actor):
    return take_back_agreement(**arguments(case, actor))


@pytest.mark.parametrize("state", BatchState)
def test_batch(state):
    case = make_application(state=State.AGREED if state == BatchState.OPEN else State.SENT)
    batch = open_batch(case) if state == BatchState.OPEN else Batch.objects.get(pk=case.batch_id)
    later = NOW + timedelta(days=1)
    sent = {
        who
        for who, actor in people_around(case).items()
        if succeeded(lambda a=actor: send_batch(actor=a, batch_id=batch.pk, now=later))
    }
    allowed = {"a reviewer here", "an officer who is the applicant", "an account without a person"}
    assert sent == (allowed if BATCH.allows(state, Action.SEND) else set())


UNDONE = "会协〔2026〕99号"
DECISIONS = {UndoAction.CONFIRM: confirm_undo, UndoAction.DECLINE: decline_undo}


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_undo_is_asked_for_an_admission_by_the_national_body(state):
    case = make_application(state=state)
    asked = {who for who, actor in people_around(case).items() if succeeded(lambda a=actor: ask(case, a))}
    assert asked == ({"a rechecker"} if state == State.CONFIRMED else set())


def ask(case, actor) -> Undo:
    return ask_undo(**arguments(case, actor), reason_code=first_reason("undo"), facts="考试办公室函复：另一人。")


@pytest.mark.parametrize("state", UndoState)
def test_undo_is_decided_by_another_person_of_the_national_body(state):
    case = make_application(state=State.CONFIRMED)
    asker = rechecker()
    undo = ask(case, asker)
    if state != UndoState.ASKED:
        decide_undo(UndoAction.CONFIRM if state == UndoState.CONFIRMED else UndoAction.DECLINE, undo, rechecker())
    people = people_around(case) | {"who asked": asker}
    for action in UndoAction:
        done = {who for who, actor in people.items() if succeeded(lambda a=actor, x=action: decide_undo(x, undo, a))}
        assert done == ({"a rechecker"} if UNDO.allows(state, action) else set()), action


def decide_undo(action, undo, actor):
    more = {"document_number": UNDONE} if action == UndoAction.CONFIRM else {}
    return DECISIONS[action](actor=actor, undo_id=undo.pk, now=NOW, **more)


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_appeal_is_filed_by_the_applicant_against_an_end(state):
    case = make_application(state=state)
    filed = {who for who, actor in people_around(case).items() if succeeded(lambda a=actor: appeal(case, a))}
    assert filed == ({"the applicant"} if state in {State.REFUSED, State.EXPIRED} else set())


def appeal(case, actor) -> Appeal:
    return file_appeal(actor=actor, application_id=case.pk, grounds="名单有误", now=NOW + timedelta(days=1))


@pytest.mark.parametrize("state", AppealState)
def test_appeal_is_decided_by_who_had_no_part(state):
    case = make_application()
    first = reviewer()
    refuse_application(**arguments(case, first), reason_code=first_reason("refusal"))
    case.refresh_from_db()
    filed = appeal(case, applicant_of(case))
    if state != AppealState.FILED:
        action = AppealAction.UPHOLD if state == AppealState.UPHELD else AppealAction.SET_ASIDE
        decide(action, filed, rechecker())
    people = people_around(case) | {"the first officer": first, "the first officer, promoted": promoted(first)}
    for action in AppealAction:
        done = {who for who, actor in people.items() if succeeded(lambda a=actor, x=action: decide(x, filed, a))}
        assert done == ({"a rechecker"} if APPEAL.allows(state, action) else set()), action


def promoted(officer: Actor) -> Actor:
    """The same human, with a seat at the national body and another account."""
    return make_actor(Role.RECHECKER, user_id=make_user("promoted@example.org").pk, person_id=officer.person_id)


def decide(action, filed, actor):
    version = Application.objects.get(pk=filed.application_id).version
    return decide_appeal(
        actor=actor, appeal_id=filed.pk, version=version, action=action, answer="已核实", now=NOW + timedelta(days=2)
    )
