"""Appeals inside the associations: filed by the applicant, decided at the national body by who had no part."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Action, AppealAction
from apps.applicants.models import Appeal, Application
from apps.applicants.policies import can_appeal, can_decide_appeal
from apps.applicants.selectors.appeals import appeal_window
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.guards import constraints_as_sentences
from apps.applicants.services.steps import lock_application, take_step
from apps.applicants.workflow import APPEAL
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.core.steps import check_version
from apps.core.working_days import add_working_days
from apps.outbox.services import enqueue
from apps.rules.selectors import rule_value, working_calendar


@transaction.atomic
def file_appeal(*, actor: Actor, application_id, grounds: str, now: datetime) -> Appeal:
    """Appeal against a refusal or a lapse, once, within the days of the rule. Raises TransitionRefused else."""
    application, today = lock_application(application_id), civil_date(now)
    if not can_appeal(actor, application):
        raise NotPermitted
    window = appeal_window(application, today=today)
    if window is None or not window.is_open:
        raise TransitionRefused
    if not grounds.strip():
        raise RequirementsMissing([_("请写明您为什么不同意，例如：名单中的证书日期有误，附上考试办公室的答复。")])
    appeal = Appeal.objects.create(
        application=application,
        data_key=application.data_key,
        against_at=window.against_at,
        against_by_person_id=application.local_decided_by_person_id,
        reason_code=application.reason_code,
        grounds=grounds.strip(),
        filed_at=now,
        decide_by=add_working_days(working_calendar(), today, int(rule_value("appeal.decide_days", on=today))),
    )
    after = {"against": application.state, "decide_by": appeal.decide_by.isoformat()}
    record(actor, events.APPEALED, application, now=now, after=after, case=application.reference)
    _tell(events.APPEALED, appeal, now=now)
    return appeal


@transaction.atomic
def decide_appeal(*, actor: Actor, appeal_id, version: int, action: AppealAction, answer: str, now: datetime) -> Appeal:
    """Uphold what was decided, or set it aside: then the association reviews the case afresh, with a new clock."""
    application = lock_application(Appeal.objects.values_list("application_id", flat=True).get(pk=appeal_id))
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=appeal_id)
    if not can_decide_appeal(actor, application):
        raise NotPermitted(_("您参与过这件申请，或没有决定申诉的权限。请由另一位同事决定。"))
    check_version(application, version)
    appeal.state = APPEAL.target(appeal.state, action)
    if not answer.strip():
        raise RequirementsMissing([_("请写明理由，申请人和协会都会看到。")])
    appeal.decided_at, appeal.answer = now, answer.strip()
    appeal.decided_by_id, appeal.decided_by_person_id = actor.user_id, actor.person_id
    with constraints_as_sentences():
        appeal.save()
    if action == AppealAction.SET_ASIDE:
        _reopen(application, actor, now=now)
    after = {"outcome": appeal.state, "state": application.state}
    record(
        actor,
        events.APPEAL_DECIDED,
        application,
        now=now,
        after=after,
        personal={"answer": appeal.answer},
        data_key=application.data_key,
        case=application.reference,
    )
    _tell(events.APPEAL_DECIDED, appeal, now=now)
    return appeal


def _reopen(application: Application, actor: Actor, *, now: datetime) -> None:
    """As if nobody had decided, and for people who had no part until now: what was decided stays in the history, the
    record and the appeal."""
    take_step(application, Action.REOPEN, actor=actor, now=now)
    for decision in ("local", "national"):
        for column in ("at", "by", "by_person"):
            setattr(application, f"{decision}_decided_{column}", None)
    application.reason_code, application.reason_note, application.batch = "", None, None
    application.reopened_at = now
    set_deadline(application)
    with constraints_as_sentences():
        application.save()


def _tell(event: str, appeal: Appeal, *, now: datetime) -> None:
    application = appeal.application
    payload = {"application_id": str(application.pk), "reference": application.reference, "appeal_id": str(appeal.pk)}
    enqueue(event, payload, now=now)
