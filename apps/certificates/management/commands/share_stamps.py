"""Documents that were issued before the rule said that they share a time stamp, and have none."""

from django.core.management.base import BaseCommand

from apps.certificates.services.shared_stamps import enlist_earlier
from apps.core import clock


class Command(BaseCommand):
    help = (
        "Lets every document without a time stamp, of the kinds that rule seal.shared names today, take part in "
        "the next batches. Run it once after the rule was changed; `seal_keys` shows how far they are."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{enlist_earlier(now=clock.now())} documents wait for a batch now.")
