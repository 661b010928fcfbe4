"""Who of the office may do what with a case. The scope in selectors agrees with this; a test compares them.

Whether the case stands in the right state is the table's question (workflow.py), not asked here.
"""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.applicants.enums import Action, BatchState, Office, State
from apps.applicants.models import Application, Batch, CaseQuestion, Undo
from apps.applicants.selectors.conflicts import has_conflict, is_of_first_officers_firm
from apps.applicants.selectors.had_part import had_part
from apps.applicants.workflow import APPLICATION
from apps.core.actor import Actor
from apps.people.selectors import user_ids_of_person

RECHECKED_STATES = frozenset({State.SENT, State.RETURNED, State.CONFIRMED})
"""What the national body's re-check may look at."""


def can_view_application(actor: Actor, application: Application) -> bool:
    """Staff of the case's own association, or the national re-check once it was sent; nobody's own case."""
    return _reviews(actor, application) or _rechecks(actor, application)


def can_review_application(actor: Actor, application: Application) -> bool:
    """Ask for correction, agree, refuse: the first person, who is known as a person and is not the applicant; after an
    appeal, somebody who had no part until then."""
    return _is_known_person(actor) and _reviews(actor, application) and not had_part(actor, application)


def can_pass_on(actor: Actor, application: Application) -> bool:
    """Name a colleague for a case of one's own association that a conflict of interest keeps from the actor."""
    return (
        _is_known_person(actor)
        and application.state != State.DRAFT
        and not _is_own(actor, application)
        and has_permission(actor, Permission.REVIEW_APPLICATION, application.association_id)
        and has_conflict(actor, application)
    )


def can_take_back(actor: Actor, application: Application) -> bool:
    """The officer who agreed, and nobody else: a decision is not undone over its author's head."""
    return can_review_application(actor, application) and actor.user_id == application.local_decided_by_id


def can_recheck_application(actor: Actor, application: Application) -> bool:
    """Confirm or return: the second person, neither the applicant nor the first, nor of the first one's firm."""
    return (
        _is_known_person(actor)
        and _rechecks(actor, application)
        and actor.person_id != application.local_decided_by_person_id
        and actor.user_id != application.local_decided_by_id
        and not is_of_first_officers_firm(actor, application)
        and not had_part(actor, application)
    )


def can_hold(actor: Actor, application: Application) -> bool:
    """Let it rest, take it up again: whoever may decide it at the office whose turn it is."""
    may = can_recheck_application if application.state == State.SENT else can_review_application
    return may(actor, application)


def can_write_note(actor: Actor, application: Application) -> bool:
    """An internal note: whoever may open the case and is known as a person."""
    return _is_known_person(actor) and can_view_application(actor, application)


def can_message_applicant(actor: Actor, application: Application) -> bool:
    """Write to the applicant, or say that the answer was read: the office that has the case open before it."""
    return can_write_note(actor, application)


def can_ask_office(actor: Actor, application: Application, asked_of: str) -> bool:
    """Ask the other office, once both can open the case: the association asks the national body, and it the other."""
    if not _is_known_person(actor) or application.state not in RECHECKED_STATES:
        return False
    asks = {Office.NATIONAL: _reviews, Office.LOCAL: _rechecks}
    return asked_of in asks and asks[asked_of](actor, application)


def can_answer_question(actor: Actor, application: Application, question: CaseQuestion) -> bool:
    """For the office that was asked; nobody answers their own question."""
    speaks_for = {Office.NATIONAL: _rechecks, Office.LOCAL: _reviews}[question.asked_of]
    return _is_known_person(actor) and actor.user_id != question.asked_by_id and speaks_for(actor, application)


def can_ask_undo(actor: Actor, application: Application) -> bool:
    """Ask that an admission be undone: somebody of the national body, who is not the member."""
    return _is_known_person(actor) and _rechecks(actor, application)


def can_decide_undo(actor: Actor, application: Application, undo: Undo) -> bool:
    """Confirm or decline it: somebody else of the national body, neither the member nor who asked."""
    return (
        can_ask_undo(actor, application)
        and actor.person_id != undo.asked_by_person_id
        and actor.user_id != undo.asked_by_id
    )


def can_send_batch(actor: Actor, batch: Batch) -> bool:
    return has_permission(actor, Permission.SEND_BATCH, batch.association_id)


def can_view_batch(actor: Actor, batch: Batch) -> bool:
    """The own association's; those that were sent, by the national re-check."""
    return (
        can_send_batch(actor, batch)
        or has_permission(actor, Permission.REVIEW_APPLICATION, batch.association_id)
        or (batch.state == BatchState.SENT and has_permission(actor, Permission.RECHECK_APPLICATION))
    )


OFFICE_ACTIONS = {
    Action.AGREE: can_review_application,
    Action.TAKE_BACK: can_take_back,
    Action.REFUSE: can_review_application,
    Action.REQUEST_CORRECTION: can_review_application,
    Action.CONFIRM: can_recheck_application,
    Action.RETURN: can_recheck_application,
}


def actions_open_to(actor: Actor, application: Application) -> list[str]:
    """The buttons of a page: the table's actions from here, filtered by the policies."""
    possible = APPLICATION.actions_from(application.state)
    return [action for action, allowed in OFFICE_ACTIONS.items() if action in possible and allowed(actor, application)]


def _reviews(actor: Actor, application: Application) -> bool:
    return (
        application.state != State.DRAFT
        and not _is_own(actor, application)
        and has_permission(actor, Permission.REVIEW_APPLICATION, application.association_id)
        and not has_conflict(actor, application)
    )


def _rechecks(actor: Actor, application: Application) -> bool:
    return (
        application.state in RECHECKED_STATES
        and not _is_own(actor, application)
        and has_permission(actor, Permission.RECHECK_APPLICATION)
        and not has_conflict(actor, application)
    )


def _is_known_person(actor: Actor) -> bool:
    """Four-eyes rules compare persons: an account that is linked to none cannot decide."""
    return actor.is_signed_in and actor.person_id is not None


def _is_own(actor: Actor, application: Application) -> bool:
    return actor.user_id == application.user_id or (
        actor.person_id is not None and actor.person_id == application.person_id
    )


def can_fill_in(actor: Actor, application: Application) -> bool:
    """The pages of the form: the account that began it, until it is submitted."""
    return is_applicant(actor, application) and application.state == State.DRAFT


def can_type(actor: Actor, application: Application) -> bool:
    """Keep what is being typed: into a draft, or into the answer of a correction."""
    return is_applicant(actor, application) and application.state in {State.DRAFT, State.CORRECTION_REQUESTED}


def can_submit(actor: Actor, application: Application) -> bool:
    return is_applicant(actor, application)


def can_answer_correction(actor: Actor, application: Application) -> bool:
    return is_applicant(actor, application)


def can_answer_message(actor: Actor, application: Application) -> bool:
    return is_applicant(actor, application) and application.state != State.DRAFT


def can_withdraw(actor: Actor, application: Application) -> bool:
    return is_applicant(actor, application)


def is_applicant(actor: Actor, application: Application) -> bool:
    """Only the account itself: not an officer, not another account of the same person."""
    return actor.is_signed_in and actor.user_id == application.user_id


def can_appeal(actor: Actor, application: Application) -> bool:
    return is_applicant(actor, application)


def can_decide_appeal(actor: Actor, application: Application) -> bool:
    """At the national body, and nobody who took a step in the case, from whichever account (the database agrees)."""
    if not _is_known_person(actor) or _is_own(actor, application):
        return False
    accounts = {actor.user_id, *user_ids_of_person(actor.person_id)}
    return has_permission(actor, Permission.DECIDE_APPEAL) and not (
        application.local_decided_by_person_id == actor.person_id
        or application.steps.filter(actor_user_id__in=accounts).exists()
    )
