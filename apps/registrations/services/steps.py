"""What every step of a registration has in common."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.constraints import constraints_as_sentences as sentences_for
from apps.core.errors import NotPermitted, PortalError
from apps.core.steps import open_as, take_step_along
from apps.outbox.services import enqueue
from apps.registrations.models import Registration
from apps.registrations.services.deadlines import set_deadline
from apps.registrations.workflow import REGISTRATION


class SecondRegistration(PortalError):
    """A person has at most one registration under way, through whichever firm."""

    code = "second_registration"
    message = _("此人已有一件执业注册申请正在办理，不能再提交一件。请向所属协会查询，或先撤回那一件。")


SENTENCES = {
    "one_open_registration_per_person": (SecondRegistration, SecondRegistration.message),
    "first_registrar_is_not_the_candidate": (NotPermitted, _("这是您本人的申请，应由另一位工作人员办理。")),
    "second_registrar_is_neither_first_nor_candidate": (
        NotPermitted,
        _("复核人不能是经办人，也不能是申请人本人，请由本协会另一位工作人员办理。"),
    ),
}
"""By constraint name."""


def open_case(
    actor: Actor, registration_id, version: int, allowed: Callable[[Actor, Registration], bool]
) -> Registration:
    """Lock the case, ask whether the actor may, and whether the form speaks of the case as it is now.

    Locks go in one order: case, person, counters.
    """
    return open_as(actor, lock_registration(registration_id), version, allowed)


def lock_registration(registration_id) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",))
    return rows.select_related("data_key", "firm", "association").get(pk=registration_id)


def take_step(registration: Registration, action: str, *, actor: Actor, now: datetime) -> None:
    take_step_along(REGISTRATION, registration, action, actor=actor, now=now)


def finish_step(
    registration: Registration, event: str, *, actor: Actor, now: datetime, after: dict | None = None, note: str = ""
) -> Registration:
    """Deadline, save, audit, event: the end of every step."""
    set_deadline(registration)
    with constraints_as_sentences():
        registration.save()
    record(
        actor,
        event,
        registration,
        now=now,
        after={"state": registration.state, **(after or {})},
        personal={"note": note} if note else None,
        data_key=registration.data_key if note else None,
        case=registration.reference,
    )
    enqueue(event, {"registration_id": str(registration.pk), "reference": registration.reference}, now=now)
    return registration


def constraints_as_sentences():
    """Wrap a save that a constraint or the state trigger may refuse."""
    return sentences_for(SENTENCES)
