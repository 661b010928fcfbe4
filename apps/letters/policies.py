"""Who may do what with a letter. The scopes in selectors agree with this; a test compares them.

Whether the letter stands in the right state is the table's question (workflow.py), not asked here.
"""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor
from apps.letters.enums import Action, Outcome
from apps.letters.models import Letter
from apps.letters.selectors.relations import is_related
from apps.letters.workflow import LETTER


def is_own(actor: Actor, letter: Letter) -> bool:
    """By person: whichever of their accounts the member uses."""
    return actor.is_signed_in and actor.person_id is not None and actor.person_id == letter.person_id


def can_end(actor: Actor, letter: Letter) -> bool:
    """Withdraw the request, or cancel the letter: the member alone."""
    return is_own(actor, letter)


def can_download(actor: Actor, letter: Letter) -> bool:
    return letter.file_id is not None and (is_own(actor, letter) or can_see_at_office(actor, letter))


def can_see_at_office(actor: Actor, letter: Letter) -> bool:
    """Officers of the national body; nobody's own letter, nor that of somebody they have declared a relation to."""
    return (
        has_permission(actor, Permission.HANDLE_LETTERS)
        and not is_own(actor, letter)
        and not is_related(actor, letter.person_id)
    )


def can_propose(actor: Actor, letter: Letter) -> bool:
    """Known as a person, and not the member."""
    return actor.person_id is not None and can_see_at_office(actor, letter)


def can_decide(actor: Actor, letter: Letter) -> bool:
    """The second officer: another person than the first."""
    return can_propose(actor, letter) and actor.person_id != letter.proposed_by_person_id


def can_approve(actor: Actor, letter: Letter) -> bool:
    return can_decide(actor, letter) and letter.outcome != Outcome.REFUSAL


def can_refuse(actor: Actor, letter: Letter) -> bool:
    return can_decide(actor, letter) and letter.outcome == Outcome.REFUSAL


OFFICE_ACTIONS = {
    Action.PROPOSE: can_propose,
    Action.APPROVE: can_approve,
    Action.REFUSE: can_refuse,
    Action.DISAGREE: can_decide,
}
MEMBER_ACTIONS = {Action.WITHDRAW: can_end, Action.CANCEL: can_end}


def actions_open_to(actor: Actor, letter: Letter, table: dict) -> list[str]:
    """The buttons of a page: the workflow's actions from here, filtered by the policies."""
    possible = LETTER.actions_from(letter.state)
    return [action for action, allowed in table.items() if action in possible and allowed(actor, letter)]
