"""A provincial agreement can be taken back for some minutes, by the officer who agreed; then it is in the batch."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Action, State
from apps.applicants.models import Application
from apps.applicants.policies import can_take_back
from apps.applicants.services.claims import keep_for
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.review import open_case
from apps.applicants.services.steps import take_step, tell
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import TransitionRefused

TOO_LATE = _("收回的时间已过：这件申请已经进入汇总表。如有问题，请联系中注协在复核时退回。")


@transaction.atomic
def take_back_agreement(*, actor: Actor, application_id, version: int, now: datetime) -> Application:
    """Back to where it was agreed from; the 20 days go on as if nobody had agreed. Raises TransitionRefused."""
    application = open_case(actor, application_id, version, can_take_back)
    came_from = _agreed_from(application)
    take_step(application, _action(came_from), actor=actor, now=now)
    if now >= application.take_back_until:
        raise TransitionRefused(TOO_LATE)
    _forget_agreement(application, came_from)
    keep_for(application, actor, now=now)
    set_deadline(application)
    application.save()
    after = {"state": application.state}
    record(actor, events.TAKEN_BACK, application, now=now, after=after, case=application.reference)
    tell(events.TAKEN_BACK, application, now=now)
    return application


def _action(came_from: str) -> Action:
    return Action.TAKE_BACK_RETURNED if came_from == State.RETURNED else Action.TAKE_BACK


def _agreed_from(application: Application) -> str:
    last = application.steps.filter(action=Action.AGREE).order_by("at", "id").last()
    return last.from_state if last else State.SUBMITTED


def _forget_agreement(application: Application, came_from: str) -> None:
    """A returned case stands in its old batch again; its first decision remains the one that was sent."""
    application.take_back_until = None
    if came_from == State.RETURNED:
        application.batch = application.batch_items.order_by("-batch__sent_at").first().batch
    else:
        application.local_decided_at = None
        application.local_decided_by = application.local_decided_by_person = None
