"""What is kept no longer than a rule says: counted beforehand, erased piece by piece, recorded as a number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted
from apps.rules.models import Rule
from apps.rules.selectors import rule_value

PIECE = 500
"""Rows of one transaction."""
MOST_PIECES = 200
"""Of one night: the next night does the rest."""


@dataclass(frozen=True)
class Retention:
    """Rows, or parts of them, whose purpose ends `rule` days after something. Each owner app lists its own."""

    what: str
    """The model's label, and behind a colon the part that goes where the row stays."""
    rule: str
    due: Callable[[datetime], QuerySet]
    """The rows for which it ended before a moment. Those that `erase` has done are not among them any more."""
    erase: Callable[[list, datetime], None]
    """Takes locked rows and the present, inside a transaction."""


def count_due(retention: Retention, *, now: datetime) -> int:
    """How many rows would go now."""
    return retention.due(_ended_before(retention, now)).count()


def erase_by_rule(retention: Retention, *, actor: Actor, now: datetime, piece: int = PIECE) -> int:
    """Erase what the rule no longer lets us keep; each piece in its own transaction. Returns how many rows.

    Two at once share the work. Only the portal itself does it: raises NotPermitted.
    """
    if not actor.is_system:
        raise NotPermitted
    erased = 0
    for _piece in range(MOST_PIECES):
        done = _erase_piece(retention, actor, now, piece)
        erased += done
        if done < piece:
            break
    return erased


@transaction.atomic
def _erase_piece(retention: Retention, actor: Actor, now: datetime, piece: int) -> int:
    before = _ended_before(retention, now)
    due = retention.due(before).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    rows = list(due[:piece])
    if rows:
        retention.erase(rows, now)
        after = {"what": retention.what, "rows": len(rows), "ended_before": before.isoformat()}
        record(actor, "retention.erased", _rule_row(retention.rule, now), now=now, after=after)
    return len(rows)


def _ended_before(retention: Retention, now: datetime) -> datetime:
    return now - timedelta(days=rule_value(retention.rule, on=civil_date(now)))


def _rule_row(key: str, now: datetime) -> Rule:
    today = civil_date(now)
    rows = Rule.objects.filter(key=key, association=None, superseded_at=None, in_force_from__lte=today)
    return rows.get(Q(in_force_to=None) | Q(in_force_to__gte=today))
