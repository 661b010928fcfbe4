"""A draft that nobody has touched is erased, after a notice: answers, files and the key under which they lay."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from apps.applicants import events
from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.applicants.selectors.reminders import days_unchanged, draft_purpose, last_notice, old_drafts
from apps.applicants.services.steps import lock_application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.encryption import destroy_data_key
from apps.core.errors import NotPermitted
from apps.documents.services import erase_files_under
from apps.mail.selectors import is_under_way, was_received
from apps.outbox.services import enqueue
from apps.rules.selectors import rule_value

logger = logging.getLogger(__name__)


def erase_old_drafts(*, actor: Actor, now: datetime) -> int:
    """Erase every draft whose last day is over; each in its own transaction. Returns how many."""
    erased = 0
    for draft_id in list(old_drafts(today=civil_date(now)).values_list("pk", flat=True)):
        try:
            erased += erase_draft(actor=actor, application_id=draft_id, now=now)
        except NotPermitted:
            raise
        except Exception:
            logger.exception("erasure of draft %s", draft_id)  # the others go nevertheless
    return erased


@transaction.atomic
def erase_draft(*, actor: Actor, application_id, now: datetime) -> bool:
    """Only the portal itself, and only after the notice: see `_may_go`. What stays is the record that it was so."""
    draft = lock_application(application_id)
    if not actor.is_system:
        raise NotPermitted
    if draft.state != State.DRAFT or not _may_go(draft, now):
        return False
    key, kept = draft.data_key, {"user_id": draft.user_id, "draft": draft.pk.hex, "language": draft.language}
    record(actor, events.DRAFT_ERASED, draft, now=now, after={"unchanged_since": draft.changed_at.isoformat()})
    draft.delete()
    erase_files_under(key)
    destroy_data_key(key, now=now)
    enqueue(events.DRAFT_ERASED, kept, now=now)
    return True


def _may_go(draft: Application, now: datetime) -> bool:
    """The notice has gone out and the day that it named is over. While it waits to be sent, nothing is erased; where
    every channel gave it back, the draft waits longer, and then goes: nobody may keep it for ever."""
    today = civil_date(now)
    notice = last_notice(draft, today=today)
    if notice is None or notice.last_on >= today:
        return False
    case, purpose = draft_purpose(notice)
    if was_received(case, purpose):
        return True
    if is_under_way(case, purpose) or now - notice.at < timedelta(days=1):
        return False
    return days_unchanged(draft, today=today) > rule_value("draft.unreached_days", on=today)
