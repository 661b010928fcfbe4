"""Which keys seal, and which did; and what waits for a time stamp."""

from django.core.management.base import BaseCommand

from apps.certificates.selectors import (
    registered_seal_keys,
    seals_below_their_level,
    shared_stamps_waiting,
    stamps_to_renew,
)
from apps.certificates.selectors.seals import certificate_ends_at
from apps.core import clock


class Command(BaseCommand):
    help = "Lists the register of seal keys, and what still waits for a time stamp or a new one, and why."

    def handle(self, *args, **options):
        for key in registered_seal_keys():
            self.stdout.write(f"{key.association_id} {key.key_id[:16]} {key.state} {_times(key)}")
        low = seals_below_their_level()
        if low["waiting"]:
            oldest = f"{low['oldest']:%Y-%m-%d %H:%M}"
            self.stdout.write(f"{low['waiting']} documents wait for a time stamp, since {oldest} UTC: {low['problem']}")
        self._tell_of_shared_stamps()
        self._tell_of_renewals()

    def _tell_of_shared_stamps(self):
        shared = shared_stamps_waiting()
        if shared["documents"] or shared["batches"]:
            waiting = f"{shared['documents']} documents wait for a batch, {shared['batches']} batches for their stamp"
            self.stdout.write(f"{waiting}, since {shared['oldest']:%Y-%m-%d %H:%M} UTC. {shared['problem']}".strip())

    def _tell_of_renewals(self):
        due = stamps_to_renew(now=clock.now())
        if due["documents"] or due["batches"]:
            counts = f"{due['documents']} documents and {due['batches']} batches"
            self.stdout.write(f"{counts} are about to be stamped again. {due['problem']}".strip())


def _times(key) -> str:
    times = [
        ("from", key.active_from),
        ("until", key.retired_at),
        ("not trusted since", key.compromised_since),
        ("certificate ends", certificate_ends_at(key)),
    ]
    return ", ".join(f"{word} {moment:%Y-%m-%d %H:%M} UTC" for word, moment in times if moment)
