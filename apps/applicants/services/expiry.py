"""A correction that never came: the case ends, and the applicant may apply again."""

import logging
from datetime import datetime

from django.db import transaction

from apps.applicants import events
from apps.applicants.enums import Action, State
from apps.applicants.models import Application
from apps.applicants.selectors.case import correction_message
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.decisions import facts_now, record_decision
from apps.applicants.services.steps import lock_application, take_step, tell
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, TransitionRefused
from apps.mail.enums import MessageState

logger = logging.getLogger(__name__)


def expire_corrections(*, actor: Actor, now: datetime) -> list[str]:
    """End every case whose last day for the correction has passed; each in its own transaction. Returns references."""
    late = Application.objects.filter(state=State.CORRECTION_REQUESTED, decide_by__lt=civil_date(now))
    expired = []
    for application_id in list(late.order_by("decide_by", "id").values_list("pk", flat=True)):
        try:
            expired.append(expire_correction(actor=actor, application_id=application_id, now=now).reference)
        except TransitionRefused:
            continue  # answered or withdrawn since we looked, or never told
        except NotPermitted:
            raise
        except Exception:
            logger.exception("expiry of %s", application_id)  # the others end nevertheless
    return expired


@transaction.atomic
def expire_correction(*, actor: Actor, application_id, now: datetime) -> Application:
    """Only the portal itself ends a case like this, only after its last day, and only if the applicant was told.

    While no message has gone out, the case stays open and the office sees why (product.md, A14).
    """
    application = lock_application(application_id)
    if not actor.is_system:
        raise NotPermitted
    if application.decide_by is None or application.decide_by >= civil_date(now):
        raise TransitionRefused
    if correction_message(application) != MessageState.SENT:
        raise TransitionRefused
    facts, answer_by = facts_now(application, now=now), application.decide_by.isoformat()
    take_step(application, Action.EXPIRE, actor=actor, now=now)
    set_deadline(application)
    application.save()
    record(actor, events.EXPIRED, application, now=now, after={"state": application.state}, case=application.reference)
    record_decision(application, Action.EXPIRE, facts, actor=actor, now=now, answer_by=answer_by)
    tell(events.EXPIRED, application, now=now)
    return application
