"""What the places of a status list say, from the live register: one query for each kind of document, no person loaded.

Unused places say VALID like most of the others, so a list tells neither how many documents there are nor which.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, F, FilteredRelation, IntegerField, Max, Value, When
from django.db.models.functions import Greatest

from apps.certificates.enums import CertificateState, DocumentStanding
from apps.certificates.models import Certificate, StatusEntry
from apps.certificates.registry import standing_sources
from apps.core.clock import civil_date
from apps.members.enums import CURRENT_STATUSES, MembershipStatus
from apps.members.selectors import period_covers

LIST_SIZE = 2**17
"""Places in a list: 32 KiB, of which a phone fetches a few, compressed."""


def last_list_number() -> int:
    """The list that is being filled; 1 where there is none yet."""
    return StatusEntry.objects.aggregate(last=Max("list_number"))["last"] or 1


def list_bits(list_number: int, *, now: datetime) -> bytes:
    """Two bits a place, the lower bits first: place 5 is in byte 1, bits 2 and 3."""
    bits = bytearray(LIST_SIZE // 4)
    for source in (certificate_standings, *standing_sources()):
        for position, standing in source(list_number, now=now):
            bits[position >> 2] |= standing << 2 * (position & 3)
    return bytes(bits)


def certificate_standings(list_number: int, *, now: datetime) -> Iterable[tuple[int, int]]:
    """Every place of a certificate that is not VALID. The same answer as `verdict_for_certificate` gives in words."""
    day = Greatest(Value(civil_date(now)), F("membership__admitted_on"))
    rows = (
        Certificate.objects.filter(status_entry__list_number=list_number)
        .annotate(day=day)
        .annotate(
            period=FilteredRelation("membership__periods", condition=period_covers("membership__periods", on=day))
        )
        .annotate(standing=_standing())
        .exclude(standing=DocumentStanding.VALID)
    )
    return rows.values_list("status_entry__position", "standing")


def _standing() -> Case:
    """The end of a membership outweighs a suspension, that a newer version."""
    is_member = {"period__status__in": sorted(CURRENT_STATUSES)}
    return Case(
        When(period__status=MembershipStatus.SUSPENDED, then=DocumentStanding.SUSPENDED),
        When(**is_member, state=CertificateState.SUPERSEDED, then=DocumentStanding.SUPERSEDED),
        When(**is_member, then=DocumentStanding.VALID),
        default=DocumentStanding.REVOKED,
        output_field=IntegerField(),
    )
