"""What people do with a run: start it, stop it, have what failed tried again."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import all_associations
from apps.audit.services import record
from apps.certificates.enums import RunAction, RunScope, RunState
from apps.certificates.models import RegisteredSealKey, Run, TokenKey
from apps.certificates.policies import can_issue_in_bulk
from apps.certificates.selectors.runs import certificates_in_scope
from apps.certificates.services.runs.chunks import cut_retries
from apps.certificates.workflow import RUN
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError
from apps.members.enums import MemberKind
from apps.rules.selectors import rule_value

logger = logging.getLogger(__name__)


class RunTargetUnknown(PortalError):
    code = "run_target_unknown"
    message = _("没有这个协会、会员类别或印章密钥。请重新选择后再开始。")


@transaction.atomic
def start_run(
    *, actor: Actor, scope: str, target: str = "", reason: str, is_told: bool | None = None, now: datetime
) -> Run:
    """Have the certificates of a scope issued again. One that is under way for the same is returned as it is.

    `is_told`: whether the members are written to; None: as the rule says for this scope.
    """
    if not can_issue_in_bulk(actor):
        raise NotPermitted
    scope = RunScope(scope)
    if target not in _targets(scope):
        raise RunTargetUnknown
    if is_told is None:
        is_told = scope in rule_value("run.mailed", on=civil_date(now))
    values = {
        "is_told": is_told,
        "reason": reason[:300],
        "asked_by_id": actor.user_id,
        "asked_at": now,
        "total": certificates_in_scope(scope, target, on=civil_date(now)).count(),
    }
    run, made = Run.objects.get_or_create(scope=scope, target=target, state=RunState.RUNNING, defaults=values)
    if made:
        said = {"scope": scope, "target": target, "reason": run.reason, "total": run.total, "is_told": is_told}
        record(actor, "certificate_run.started", run, now=now, after=said)
        transaction.on_commit(wake_worker, robust=True)
    return run


@transaction.atomic
def stop_run(*, actor: Actor, run_id: UUID, now: datetime) -> Run:
    """No further certificate is begun; what is issued stays. Raises TransitionRefused where it is over already."""
    run = _lock_run(actor, run_id)
    _move(run, RunAction.STOP, actor, now=now)
    return run


@transaction.atomic
def retry_failures(*, actor: Actor, run_id: UUID, now: datetime) -> Run:
    """Go on where the run stopped, and try what failed once more."""
    run = _lock_run(actor, run_id)
    if run.state != RunState.RUNNING:
        _move(run, RunAction.RESUME, actor, now=now)
    if not run.chunks.filter(is_retry=True, finished_at__isnull=True).exists() and (failed := cut_retries(run)):
        record(actor, "certificate_run.retried", run, now=now, after={"failures": failed})
    transaction.on_commit(wake_worker, robust=True)
    return run


def _targets(scope: str) -> set[str]:
    if scope == RunScope.ASSOCIATION:
        return {association.code for association in all_associations()}
    if scope == RunScope.KIND:
        return set(MemberKind.values)
    if scope == RunScope.SEAL_KEY:
        return set(RegisteredSealKey.objects.values_list("key_id", flat=True))
    if scope == RunScope.TOKEN_KEY:
        return set(TokenKey.objects.values_list("key_id", flat=True))
    return {""}


def _lock_run(actor: Actor, run_id: UUID) -> Run:
    if not can_issue_in_bulk(actor):
        raise NotPermitted
    return Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run_id)


def _move(run: Run, action: str, actor: Actor, *, now: datetime) -> None:
    before = run.state
    run.state = RUN.target(run.state, action)
    run.finished_at = None if run.state == RunState.RUNNING else now
    run.save(update_fields=["state", "finished_at"])
    record(
        actor, f"certificate_run.{_PAST[action]}", run, now=now, before={"state": before}, after={"state": run.state}
    )


_PAST = {RunAction.STOP: "stopped", RunAction.RESUME: "resumed"}


def wake_worker() -> None:
    """Best effort: if the broker is gone, the sweep finds the run within seconds."""
    from apps.certificates.tasks import work_on_runs as task

    try:
        task.delay()
    except Exception:
        logger.warning("the broker does not answer; the sweep will work on the run", exc_info=True)
