"""Makes every certificate anew whose seals are worth nothing any more. Repeated, it goes on where it stopped."""

from django.core.management.base import BaseCommand, CommandError

from apps.certificates.services import reissue_certificates
from apps.core import clock


class Command(BaseCommand):
    help = "After `seal_key_compromised` and `rotate_seal_key`: the members find the new certificate where the old was."

    def handle(self, *args, **options):
        counted = reissue_certificates(clock=clock.now, tell=self._tell)
        self.stdout.write(f"{counted['reissued']} certificates re-issued, {counted['failed']} could not be made.")
        if counted["failed"]:
            raise CommandError("See the log for the reasons, then run this again.")

    def _tell(self, done: int, of: int) -> None:
        if done % 100 == 0 or done == of:
            self.stdout.write(f"{done} of {of}")
