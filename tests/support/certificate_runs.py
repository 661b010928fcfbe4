"""A run over some members, started and worked on by a test."""

from datetime import UTC, datetime, timedelta

from apps.certificates.selectors.runs import progress_of
from apps.certificates.services import start_run
from apps.certificates.services.runs import work
from apps.core.actor import Actor

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)
SYSTEM = Actor.system("test")


def clock(moment=NOW):
    return lambda: moment


def start(scope="kind", target="non_practising", actor=SYSTEM):
    return start_run(actor=actor, scope=scope, target=target, reason="换用新印章", now=NOW)


def work_on(run, moment=NOW):
    work.work_on_runs(clock=clock(moment))
    run.refresh_from_db()
    return progress_of(run)
