"""How far the letters of compromised seal keys are; with --work, make what waits here and now."""

from django.core.management.base import BaseCommand

from apps.core import clock
from apps.letters.enums import ReissueOutcome
from apps.letters.selectors.reissues import reissue_counts, reissued_keys
from apps.letters.services.reissuing import reissue_due


class Command(BaseCommand):
    help = "Lists compromised seal keys and what became of the letters that they sealed. The workers make them anew."

    def add_arguments(self, parser):
        parser.add_argument("--work", action="store_true", help="do here what waits, until nothing is left")

    def handle(self, *args, work, **options):
        while work and reissue_due(clock=clock.now):
            pass
        keys = reissued_keys()
        for key_id in keys:
            counts = reissue_counts(key_id)
            said = ", ".join(
                f"{counts.get(outcome, 0)} {outcome.replace('_', ' ')}" for outcome in ReissueOutcome.values
            )
            self.stdout.write(f"{key_id[:16]}: {said}")
        if not keys:
            self.stdout.write("No letter was ever sealed with a key that was compromised afterwards.")
