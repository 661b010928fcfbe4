"""What letters do when something has happened: an approval wakes the worker that makes the letter."""

from uuid import UUID

from apps.certificates.events import SEAL_KEY_COMPROMISED
from apps.letters import events
from apps.letters.enums import UNDECIDED_STATES
from apps.letters.models import Letter
from apps.letters.services.asking import recompute_deadline
from apps.outbox.enums import Urgency
from apps.outbox.registry import handles
from apps.rules.selectors import forget_rules


@handles(events.APPROVED, urgency=Urgency.AT_ONCE)
def make_letter(payload, *, now):
    # drawing and signing load libraries of half a second and 30 MB, which a scheduler or a migration never needs
    from apps.letters.services.issuing import issue_letter

    issue_letter(UUID(payload["letter_id"]), now=now)


@handles(events.REISSUE_APPROVED)
def make_letter_anew(payload, *, now):
    make_letter(payload, now=now)


@handles(SEAL_KEY_COMPROMISED)
def list_letters_to_make_anew(payload, *, now):
    from apps.letters.services.reissuing import note_compromised

    note_compromised(payload["key_id"], now=now)


@handles("calendar.loaded")
def recompute_deadlines(payload, *, now):
    forget_rules()  # this process may still hold the calendar of before the notice
    for letter_id in Letter.objects.filter(state__in=sorted(UNDECIDED_STATES)).values_list("pk", flat=True):
        recompute_deadline(letter_id)
