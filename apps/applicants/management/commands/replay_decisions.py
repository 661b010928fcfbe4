"""Derive every decision again from the facts and rules that it kept, and report whatever comes out otherwise.

Exit status 1 where anything does; with --words also where only a sentence reads differently now. Changes nothing.
"""

import time
from datetime import date

from django.core.management.base import BaseCommand

from apps.applicants.models import Decision
from apps.applicants.selectors.replay import replay

SHOWN = 100


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--since", type=date.fromisoformat, help="only decisions from this day on, as 2026-03-05")
        parser.add_argument("--words", action="store_true", help="a sentence that reads differently counts, too")

    def handle(self, *, since: date | None, words: bool, **options):
        began, counts = time.monotonic(), {"replayed": 0, "differ": 0, "reworded": 0, "erased": 0}
        decisions = Decision.objects.filter(at__date__gte=since) if since else Decision.objects.all()
        for outcome in replay(decisions):
            counts["replayed"] += 1
            counts["erased"] += outcome.erased
            counts["reworded"] += outcome.reworded
            counts["differ"] += bool(outcome.differences)
            if outcome.differences and counts["differ"] <= SHOWN:
                self._report(outcome)
        self.stdout.write(
            "{replayed} decisions replayed in {seconds:.1f} s: {differ} differ, {reworded} only in words, "
            "{erased} erased.".format(seconds=time.monotonic() - began, **counts)
        )
        if counts["differ"] or (words and counts["reworded"]):
            raise SystemExit(1)

    def _report(self, outcome) -> None:
        decision = outcome.decision
        self.stderr.write(f"{decision.application.reference} {decision.action} {decision.at:%Y-%m-%d %H:%M}")
        for difference in outcome.differences:
            self.stderr.write(f"  {difference}")
