"""Who may do what with a registration. The scopes in selectors agree with this; a test compares them.

Whether the case stands in the right state is the table's question (workflow.py), not asked here.
"""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor
from apps.firms.enums import FirmRole
from apps.firms.policies import has_seat_at
from apps.registrations.enums import Action, State
from apps.registrations.models import Registration
from apps.registrations.workflow import REGISTRATION


def can_prepare(actor: Actor, registration: Registration) -> bool:
    """Fill in, invite, take back: any seat at the firm, but nobody for themself."""
    return has_seat_at(actor, registration.firm.code) and not is_candidate(actor, registration)


def can_commit(actor: Actor, registration: Registration) -> bool:
    """Commit the firm to full-time work, or send back: its head."""
    return has_seat_at(actor, registration.firm.code, FirmRole.HEAD)


def can_withdraw(actor: Actor, registration: Registration) -> bool:
    """The firm for the candidate, or the candidate."""
    return has_seat_at(actor, registration.firm.code) or is_candidate(actor, registration)


def can_see_for_firm(actor: Actor, registration: Registration) -> bool:
    return has_seat_at(actor, registration.firm.code)


def can_see_at_office(actor: Actor, registration: Registration) -> bool:
    """Staff of the association, once it was filed; nobody's own case."""
    return (
        registration.filed_at is not None
        and not is_candidate(actor, registration)
        and has_permission(actor, Permission.SEE_REGISTRATIONS, registration.association_id)
    )


def can_check(actor: Actor, registration: Registration) -> bool:
    """The officer's acts: form check, acceptance, proposal, refusal. Known as a person, and not the candidate."""
    return (
        _is_known_person(actor)
        and can_see_at_office(actor, registration)
        and has_permission(actor, Permission.REVIEW_REGISTRATION, registration.association_id)
    )


def can_propose(actor: Actor, registration: Registration) -> bool:
    return registration.decides_inside and can_check(actor, registration)


def can_approve(actor: Actor, registration: Registration) -> bool:
    """The second officer: another person of the same association."""
    return can_propose(actor, registration) and actor.person_id != registration.proposed_by_person_id


def can_ask_for_extension(actor: Actor, registration: Registration) -> bool:
    return can_check(actor, registration)


def can_extend(actor: Actor, registration: Registration) -> bool:
    """The association's head, who did not ask for it."""
    return (
        can_see_at_office(actor, registration)
        and has_permission(actor, Permission.EXTEND_REGISTRATION, registration.association_id)
        and actor.user_id != registration.extension_asked_by_id
    )


def can_import_results(actor: Actor, association_code: str) -> bool:
    return has_permission(actor, Permission.IMPORT_PLATFORM_RESULTS, association_code)


OFFICE_ACTIONS = {
    Action.REQUEST_GAPS: can_check,
    Action.ACCEPT: can_check,
    Action.PROPOSE: can_propose,
    Action.APPROVE: can_approve,
    Action.DISAGREE: can_approve,
    Action.REFUSE: can_propose,
}
FIRM_ACTIONS = {
    Action.INVITE: can_prepare,
    Action.TAKE_BACK: can_prepare,
    Action.SEND_BACK: can_commit,
    Action.FILE: can_commit,
    Action.WITHDRAW: can_withdraw,
}


def actions_open_to(actor: Actor, registration: Registration, table: dict) -> list[str]:
    """The buttons of a page: the workflow's actions from here, filtered by the policies."""
    possible = REGISTRATION.actions_from(registration.state)
    return [action for action, allowed in table.items() if action in possible and allowed(actor, registration)]


def is_candidate(actor: Actor, registration: Registration) -> bool:
    """By account or by person. Before the confirmation the case knows neither."""
    if not actor.is_signed_in:
        return False
    return actor.user_id == registration.candidate_user_id or (
        actor.person_id is not None and actor.person_id == registration.person_id
    )


def can_type(actor: Actor, registration: Registration) -> bool:
    return can_prepare(actor, registration) and registration.state in {State.DRAFT, State.GAPS}


def _is_known_person(actor: Actor) -> bool:
    """Four-eyes rules compare persons: an account that is linked to none cannot decide."""
    return actor.is_signed_in and actor.person_id is not None


def can_report(actor: Actor, association_code: str) -> bool:
    return has_permission(actor, Permission.REVIEW_REGISTRATION, association_code)
