"""Changing what is true from a day on, without overwriting what was known before."""

from datetime import date, datetime

from django.db.models import Q

from apps.core.models import new_id
from apps.members.enums import CURRENT_STATUSES
from apps.members.models import Membership, MembershipPeriod


def change_from(membership: Membership, on: date, *, case: str, now: datetime, **changes) -> MembershipPeriod:
    """From `on`, the membership is as before but for `changes`. The caller holds the membership's lock.

    What was recorded about `on` and later is superseded; the part before `on` is recorded anew.
    """
    later = list(
        MembershipPeriod.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on), membership=membership, superseded_at=None
        ).order_by("valid_from")
    )
    MembershipPeriod.objects.filter(pk__in=[period.pk for period in later]).update(superseded_at=now)
    first = later[0]
    if first.valid_from < on:
        _record_again(first, valid_to=on, recorded_at=now, recorded_by_case=case)
    return _record_again(
        first, **{"valid_from": on, "valid_to": None, "recorded_at": now, "recorded_by_case": case} | changes
    )


def take_back_change(change: MembershipPeriod, *, case: str, now: datetime) -> None:
    """What `change` says from its first day on was never so: what was known before it is recorded anew."""
    on, known_before = change.valid_from, Q(valid_to__isnull=True) | Q(valid_to__gt=change.valid_from)
    before = MembershipPeriod.objects.filter(
        known_before, membership=change.membership_id, superseded_at=change.recorded_at, status__in=CURRENT_STATUSES
    )
    change.superseded_at = now
    change.save(update_fields=["superseded_at"])
    for period in before.order_by("valid_from"):
        _record_again(period, valid_from=max(period.valid_from, on), recorded_at=now, recorded_by_case=case)


def _record_again(period: MembershipPeriod, **changes) -> MembershipPeriod:
    values = {field.attname: getattr(period, field.attname) for field in MembershipPeriod._meta.concrete_fields} | {
        "id": new_id(),
        "superseded_at": None,
    }
    return MembershipPeriod.objects.create(**values | changes)
