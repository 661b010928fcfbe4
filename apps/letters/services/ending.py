"""The member withdraws the request while nobody has decided, or cancels the letter afterwards. Consent goes with it."""

from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.letters import events
from apps.letters.enums import Action
from apps.letters.models import Letter, TransferConsent
from apps.letters.policies import can_end
from apps.letters.services.steps import finish_step, open_letter, take_step


@transaction.atomic
def withdraw_request(*, actor: Actor, letter_id, version: int, now: datetime) -> Letter:
    """Until two officers have decided."""
    return _end(Action.WITHDRAW, events.WITHDRAWN, actor=actor, letter_id=letter_id, version=version, now=now)


@transaction.atomic
def cancel_letter(*, actor: Actor, letter_id, version: int, now: datetime) -> Letter:
    """From now on a check of it says that it was withdrawn. There is no way back; a new one can be asked for."""
    return _end(Action.CANCEL, events.CANCELLED, actor=actor, letter_id=letter_id, version=version, now=now)


def _end(action: str, event: str, *, actor: Actor, letter_id, version: int, now: datetime) -> Letter:
    letter = open_letter(actor, letter_id, version, can_end)
    take_step(letter, action, actor=actor, now=now)
    letter.ended_at = now
    take_back_consent(letter, actor=actor, now=now)
    return finish_step(letter, event, actor=actor, now=now)


def take_back_consent(letter: Letter, *, actor: Actor, now: datetime) -> None:
    for consent in TransferConsent.objects.select_for_update().filter(letter=letter, withdrawn_at=None):
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        record(actor, "transfer_consent.withdrawn", consent, case=letter.reference, now=now)
