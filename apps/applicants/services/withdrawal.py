"""The applicant takes the application back, in any state before the national confirmation."""

from datetime import datetime

from django.db import transaction

from apps.applicants import events
from apps.applicants.enums import Action
from apps.applicants.models import Application
from apps.applicants.policies import can_withdraw
from apps.applicants.services.claims import let_go
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.steps import lock_application, take_step, tell
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.core.steps import check_version


@transaction.atomic
def withdraw_application(*, actor: Actor, application_id, version: int, now: datetime) -> Application:
    """Withdraw. An agreed case never joins a batch; a sent one stays as a line of its batch."""
    application = lock_application(application_id)
    if not can_withdraw(actor, application):
        raise NotPermitted
    check_version(application, version)
    before = {"state": application.state}
    application.take_back_until = None
    let_go(application)
    take_step(application, Action.WITHDRAW, actor=actor, now=now)
    set_deadline(application)
    application.save()
    after = {"state": application.state}
    record(actor, events.WITHDRAWN, application, before=before, after=after, case=application.reference, now=now)
    tell(events.WITHDRAWN, application, now=now)
    return application
