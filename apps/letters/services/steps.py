"""What every step of a letter has in common."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, InternalError
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing, TransitionRefused
from apps.letters.models import Letter, Step
from apps.letters.workflow import LETTER
from apps.outbox.services import enqueue


class SecondRequest(PortalError):
    """One request at a time for one purpose and addressee."""

    code = "second_request"
    message = _("您已有一件同一用途、同一收件单位的申请正在办理。请等它办结，或先撤回那一件。")


SENTENCES = {
    "one_open_letter_per_purpose": (SecondRequest, SecondRequest.message),
    "first_officer_is_not_the_member": (NotPermitted, _("这是您本人的申请，应由另一位工作人员办理。")),
    "second_officer_is_neither_first_nor_the_member": (
        NotPermitted,
        _("批准人不能是经办人，也不能是会员本人，请由另一位工作人员办理。"),
    ),
}
"""By constraint name. What is not listed is a fault of the program and stays an exception."""


def open_letter(actor: Actor, letter_id, version: int, allowed: Callable[[Actor, Letter], bool]) -> Letter:
    """Lock the letter, ask whether the actor may, and whether the form speaks of it as it is now."""
    letter = lock_letter(letter_id)
    if not allowed(actor, letter):
        raise NotPermitted
    if letter.version != version:
        raise TransitionRefused
    return letter


def lock_letter(letter_id) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",))
    return rows.select_related("data_key", "membership", "person__data_key", "user").get(pk=letter_id)


def take_step(letter: Letter, action: str, *, actor: Actor, now: datetime) -> None:
    """Move the letter along the table and write its history. The caller saves it, once."""
    target = LETTER.target(letter.state, action)
    Step.objects.create(
        letter=letter,
        action=action,
        from_state=letter.state,
        to_state=target,
        at=now,
        actor_label=actor.label,
        actor_user_id=actor.user_id,
    )
    letter.state = target
    letter.changed_at = now
    letter.version += 1


def finish_step(
    letter: Letter, event: str, *, actor: Actor, now: datetime, after: dict | None = None, note: str = ""
) -> Letter:
    """Save, audit, event: the end of every step."""
    with constraints_as_sentences():
        letter.save()
    record(
        actor,
        event,
        letter,
        now=now,
        after={"state": letter.state, **(after or {})},
        personal={"note": note} if note else None,
        data_key=letter.data_key if note else None,
        case=letter.reference,
    )
    enqueue(event, {"letter_id": str(letter.pk), "reference": letter.reference}, now=now)
    return letter


def refuse_if(missing: list) -> None:
    if missing:
        raise RequirementsMissing(missing)


@contextmanager
def constraints_as_sentences():
    """The database's refusals, said in a sentence. The policies ask first; the constraints hold whoever writes."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in SENTENCES:
            raise
        kind, sentence = SENTENCES[name]
        raise kind(sentence) from error
    except InternalError as error:
        if "Invalid transition" not in str(error):
            raise
        raise TransitionRefused from error
