"""Which keys seal, and which did; and what waits for a time stamp."""

from django.core.management.base import BaseCommand

from apps.certificates.selectors import registered_seal_keys, seals_below_their_level
from apps.certificates.selectors.seals import certificate_ends_at


class Command(BaseCommand):
    help = "Lists the register of seal keys, and how many documents still wait for a time stamp, and why."

    def handle(self, *args, **options):
        for key in registered_seal_keys():
            self.stdout.write(f"{key.association_id} {key.key_id[:16]} {key.state} {_times(key)}")
        low = seals_below_their_level()
        if low["waiting"]:
            oldest = f"{low['oldest']:%Y-%m-%d %H:%M}"
            self.stdout.write(f"{low['waiting']} documents wait for a time stamp, since {oldest} UTC: {low['problem']}")


def _times(key) -> str:
    times = [
        ("from", key.active_from),
        ("until", key.retired_at),
        ("not trusted since", key.compromised_since),
        ("certificate ends", certificate_ends_at(key)),
    ]
    return ", ".join(f"{word} {moment:%Y-%m-%d %H:%M} UTC" for word, moment in times if moment)
