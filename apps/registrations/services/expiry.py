"""A list of gaps that was never answered: the case ends, and the firm may apply again."""

import logging
from datetime import datetime

from django.db import transaction

from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted
from apps.registrations import events
from apps.registrations.enums import Action, State
from apps.registrations.models import Registration
from apps.registrations.selectors.gaps import open_gap_list, remind_marks, reminders_of, told_at
from apps.registrations.services.steps import finish_step, lock_registration, take_step
from apps.registrations.services.telling import give_full_days

logger = logging.getLogger(__name__)


def expire_gaps(*, actor: Actor, now: datetime) -> list[str]:
    """Each night: the references that ended; each in its own transaction."""
    late = Registration.objects.filter(state=State.GAPS, decide_by__lt=civil_date(now)).order_by("decide_by", "id")
    ended = []
    for registration_id in list(late.values_list("pk", flat=True)):
        try:
            registration = expire_registration(actor=actor, registration_id=registration_id, now=now)
        except NotPermitted:
            raise
        except Exception:
            logger.exception("expiry of %s", registration_id)  # the others end nevertheless
        else:
            ended += [registration.reference] if registration else []
    return ended


@transaction.atomic
def expire_registration(*, actor: Actor, registration_id, now: datetime) -> Registration | None:
    """Only the portal itself ends a case, and only when all of `_may_end` holds. A repetition changes nothing."""
    registration = lock_registration(registration_id)
    if not actor.is_system:
        raise NotPermitted
    if not _may_end(registration, now=now):
        return None
    take_step(registration, Action.EXPIRE, actor=actor, now=now)
    return finish_step(registration, events.EXPIRED, actor=actor, now=now)


def _may_end(registration: Registration, *, now: datetime) -> bool:
    """The last day is over, the firm was told, and the last reminder was written with the days that it promises."""
    gap_list = open_gap_list(registration)
    if gap_list is None:
        return False
    give_full_days(registration, gap_list)
    if gap_list.answer_by >= civil_date(now):
        return False
    marks = remind_marks(registration, gap_list)
    reminded = not marks or reminders_of(gap_list).filter(days=marks[-1]).exists()
    return reminded and told_at(registration, gap_list) is not None
