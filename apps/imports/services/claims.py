"""Whose turn it is at a job. A worker claims it for a while, and holds it by going on; who is late has lost it."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from apps.imports.enums import JobAction, JobState
from apps.imports.events import JOB_ENDED
from apps.imports.models import Job
from apps.imports.workflow import JOB
from apps.outbox.services import enqueue

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""Longer than the longest thing done between two holds: reading the largest file on a busy machine."""
MAX_CLAIMS = 3
"""So often may workers take a job and come to nothing (by dying of it, as a rule) before it is given up."""
AT_WORK = [JobState.UPLOADED, JobState.CHECKING, JobState.COMMITTING, JobState.UNDOING]


class ClaimLost(Exception):
    """Somebody else has the job now: step back and touch nothing."""


def claim_job(*, now: datetime) -> Job | None:
    """The oldest job that nobody works on, now ours for a while. Gives up what no worker survives."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("file__data_key", "data_key")
            .filter(state__in=AT_WORK)
            .exclude(claimed_until__gt=now)
            .order_by("uploaded_at")
            .first()
        )
        if job is None:
            return None
        if job.state == JobState.UPLOADED:
            job.state = JOB.target(job.state, JobAction.START_CHECK)
        job.claims, job.claimed_until = job.claims + 1, now + LEASE
        job.save(update_fields=["state", "claims", "claimed_until"])
    return job


def is_beyond_hope(job: Job) -> bool:
    return job.claims > MAX_CLAIMS


def give_up(job: Job, *, now: datetime) -> None:
    """End the job as failed, with a sentence for whoever uploaded it."""
    logger.error("import %s: given up after %s claims that came to nothing", job.pk, MAX_CLAIMS)
    with translation.override(job.language):
        if job.state == JobState.CHECKING:
            failure = _(
                "检查这个文件时程序多次中断，没有导入任何内容。"
                "请把数据复制到新建的工作簿（只粘贴值），或另存为 CSV，再重新上传。"
            )
        elif job.state == JobState.UNDOING:
            failure = _("撤回时程序多次中断，已停止；还没有撤回的行保留。请再按一次“撤回”，或联系系统管理员。")
        else:
            failure = _(
                "写入时程序多次中断，已停止；已写入的行保留，重新上传同一文件只会补上没有写入的行。请联系系统管理员。"
            )
    action = JobAction.STOP_UNDO if job.state == JobState.UNDOING else JobAction.REJECT
    finish_job(job, action, now=now, failure=failure)


def hold_job(job: Job, *, now: datetime, **columns) -> None:
    """Still at it; `claims=0` where something has been achieved. Raises ClaimLost where another worker took over.

    Within a transaction, what the transaction writes and the hold are one: nobody writes without holding.
    """
    until = max(now + LEASE, job.claimed_until)
    if not Job.objects.filter(pk=job.pk, claimed_until=job.claimed_until).update(claimed_until=until, **columns):
        raise ClaimLost
    job.claimed_until = until


def release_job(job: Job) -> None:
    """Anybody may go on at once. Does nothing where the claim is lost already."""
    Job.objects.filter(pk=job.pk, claimed_until=job.claimed_until).update(claimed_until=None)


def finish_job(job: Job, action: str, *, now: datetime, failure: str = "") -> None:
    """Leave the job in the state that `action` leads to, and tell whoever reads what it wrote.

    Raises ClaimLost where it is not ours to finish.
    """
    with transaction.atomic():
        fresh = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if fresh.claimed_until != job.claimed_until or not JOB.allows(fresh.state, action):
            raise ClaimLost
        if fresh.state == JobState.COMMITTING:
            enqueue(JOB_ENDED, {"job_id": str(fresh.pk), "kind": fresh.kind}, now=now)
        fresh.state, fresh.failure = JOB.target(fresh.state, action), failure
        fresh.claimed_until, fresh.claims = None, 0
        fresh.finished_at = now if action in {JobAction.FINISH, JobAction.FINISH_UNDO} else None
        fresh.save()
