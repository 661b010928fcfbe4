"""What a worker does when it is woken: take a job, do a stretch of it, let others have their turn."""

import logging
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core.clock import Clock
from apps.imports.enums import JobAction, JobState
from apps.imports.models import Job
from apps.imports.services.checking import check_job
from apps.imports.services.claims import ClaimLost, claim_job, finish_job, give_up, is_beyond_hope, release_job
from apps.imports.services.undoing import undo_rows
from apps.imports.services.writing import NO_FAULT_OF_THE_ROW, write_job

logger = logging.getLogger(__name__)

STRETCH = timedelta(seconds=60)
"""So long a worker stays at imports before letters and certificates have their turn; the sweep wakes it again."""


def work_on_due(*, clock: Clock) -> int:
    """Check and write whatever waits; returns how many jobs were worked on. Any number of processes may do so."""
    worked, until = 0, clock() + STRETCH
    while (clock() < until or not worked) and (job := claim_job(now=clock())):
        _work_on(job, clock, until)
        worked += 1
    return worked


def _work_on(job: Job, clock: Clock, until: datetime) -> None:
    """Whatever interrupts the work (the worker's time limit, the database): the claim is given back."""
    try:
        if is_beyond_hope(job):
            give_up(job, now=clock())
            return
        with translation.override(job.language):
            work = {JobState.CHECKING: _check_or_reject, JobState.UNDOING: undo_rows}.get(job.state, write_job)
            work(job, clock=clock, until=until)
    except ClaimLost:
        logger.info("import %s: another worker has taken over", job.pk)
    except BaseException:
        release_job(job)
        raise


def _check_or_reject(job: Job, *, clock: Clock, until: datetime) -> None:
    """A file that trips up the dry run is told so, and does not come back for ever."""
    try:
        check_job(job, clock=clock, until=until)
    except (ClaimLost, *NO_FAULT_OF_THE_ROW):
        raise
    except Exception:
        logger.exception("import %s", job.pk)
        sentence = _("检查这个文件时出错，情况已经记录，没有导入任何内容。请联系系统管理员。")
        finish_job(job, JobAction.REJECT, now=clock(), failure=sentence)
