"""Start a run that issues certificates again, or show how the runs are."""

from django.core.management.base import BaseCommand, CommandError

from apps.certificates.enums import RunScope
from apps.certificates.selectors.runs import progress_by_run, recent_runs
from apps.certificates.services import start_run, work_on_runs
from apps.core import clock
from apps.core.actor import Actor
from apps.core.errors import PortalError

OPERATOR = Actor.system("command.issue_again")


class Command(BaseCommand):
    help = (
        "`issue_again` lists the runs. `issue_again SCOPE [TARGET] --reason WHY` starts one, for association CODE, "
        "kind KIND, seal_key KEY_ID, token_key KEY_ID or outdated; the workers do it. `--work` works on runs here, "
        "until none is left."
    )

    def add_arguments(self, parser):
        parser.add_argument("scope", nargs="?", choices=RunScope.values)
        parser.add_argument("target", nargs="?", default="")
        parser.add_argument("--reason", default="")
        parser.add_argument("--tell", choices=["mail", "quiet"], help="mail members or not; else by rule")
        parser.add_argument("--work", action="store_true")

    def handle(self, *args, scope, target, reason, tell, work, **options):
        if scope:
            self._start(scope, target, reason, tell)
        while work and work_on_runs(clock=clock.now):
            pass
        runs = list(recent_runs())
        for run, done in zip(runs, progress_by_run(runs).values(), strict=True):
            self.stdout.write(
                f"{run.asked_at:%Y-%m-%d %H:%M} UTC {run.scope} {run.target} {run.state}: {done.done} of {done.total}, "
                f"{done.issued} issued, {done.kept} kept, {done.failed} failed"
            )

    def _start(self, scope, target, reason, tell):
        if not reason:
            raise CommandError("Say why, for the record: --reason '…'.")
        try:
            is_told = {"mail": True, "quiet": False}.get(tell)
            start_run(actor=OPERATOR, scope=scope, target=target, reason=reason, is_told=is_told, now=clock.now())
        except PortalError as error:
            raise CommandError(str(error)) from error
