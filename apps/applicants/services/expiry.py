"""A correction that never came: the case ends, and the applicant may apply again."""

import logging
from datetime import datetime

from django.db import transaction

from apps.applicants import events
from apps.applicants.enums import Action, State
from apps.applicants.models import Application
from apps.applicants.selectors.corrections import knows_of, open_correction
from apps.applicants.selectors.reminders import correction_marks, reminders_of
from apps.applicants.services.claims import let_go
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.decisions import facts_now, record_decision
from apps.applicants.services.steps import lock_application, take_step, tell
from apps.applicants.services.telling import give_full_days
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, TransitionRefused

logger = logging.getLogger(__name__)


def expire_corrections(*, actor: Actor, now: datetime) -> list[str]:
    """End every case whose last day for the correction has passed; each in its own transaction. Returns references."""
    late = Application.objects.filter(state=State.CORRECTION_REQUESTED, decide_by__lt=civil_date(now))
    expired = []
    for application_id in list(late.order_by("decide_by", "id").values_list("pk", flat=True)):
        try:
            expired.append(expire_correction(actor=actor, application_id=application_id, now=now).reference)
        except TransitionRefused:
            continue  # answered or withdrawn since we looked, never told, or not reminded yet
        except NotPermitted:
            raise
        except Exception:
            logger.exception("expiry of %s", application_id)  # the others end nevertheless
    return expired


@transaction.atomic
def expire_correction(*, actor: Actor, application_id, now: datetime) -> Application:
    """Only the portal itself ends a case like this, and only when all of `_may_end` holds."""
    application = lock_application(application_id)
    if not actor.is_system:
        raise NotPermitted
    if not _may_end(application, now):
        raise TransitionRefused
    facts, answer_by = facts_now(application, now=now), application.decide_by.isoformat()
    take_step(application, Action.EXPIRE, actor=actor, now=now)
    let_go(application)
    set_deadline(application)
    application.save()
    record(actor, events.EXPIRED, application, now=now, after={"state": application.state}, case=application.reference)
    record_decision(application, Action.EXPIRE, facts, actor=actor, now=now, answer_by=answer_by)
    tell(events.EXPIRED, application, now=now)
    return application


def _may_end(application: Application, now: datetime) -> bool:
    """The last day is over, the applicant was told, and the last reminder was written with the days that it promises.

    Otherwise the case stays open: an officer finds it in the list of those not reached (product.md, A14), or the next
    reminder moves the last day on.
    """
    request = open_correction(application)
    if request is None:
        return False
    give_full_days(application, request)
    if request.answer_by >= civil_date(now):
        return False
    marks = correction_marks(application, request)
    reminded = not marks or reminders_of(request).filter(days=marks[-1]).exists()
    return reminded and knows_of(application, request)
