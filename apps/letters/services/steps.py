"""What every step of a letter has in common."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.constraints import constraints_as_sentences as sentences_for
from apps.core.errors import NotPermitted, PortalError
from apps.core.steps import open_as, take_step_along
from apps.letters.models import Letter
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
"""By constraint name."""


def open_letter(actor: Actor, letter_id, version: int, allowed: Callable[[Actor, Letter], bool]) -> Letter:
    """Lock the letter, ask whether the actor may, and whether the form speaks of it as it is now."""
    return open_as(actor, lock_letter(letter_id), version, allowed)


def lock_letter(letter_id) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",))
    return rows.select_related("data_key", "membership", "person__data_key", "user").get(pk=letter_id)


def take_step(letter: Letter, action: str, *, actor: Actor, now: datetime) -> None:
    take_step_along(LETTER, letter, action, actor=actor, now=now)


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


def constraints_as_sentences():
    """Wrap a save that a constraint or the state trigger may refuse."""
    return sentences_for(SENTENCES)
