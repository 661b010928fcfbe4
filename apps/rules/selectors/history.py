"""The rows of a rule in their order, and what stands beside a change."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from apps.rules.models import Rule
from apps.rules.registry import RuleKind, rule_kind, rules_of


def rows_in_force(key: str, association: str, day: date) -> tuple[Rule | None, Rule | None]:
    """The row that covers the day, and the first that begins after it."""
    rows = Rule.objects.filter(key=key, association_key=association, superseded_at=None).order_by("in_force_from")
    covering = following = None
    for row in rows:
        if row.in_force_from <= day and (row.in_force_to is None or day <= row.in_force_to):
            covering = row
        elif row.in_force_from > day and following is None:
            following = row
    return covering, following


def history_of(key: str) -> list[Rule]:
    """Everybody's rows first, then each association's; the newest first, superseded ones after those that hold."""
    rows = Rule.objects.filter(key=key).select_related("association")
    return sorted(
        rows, key=lambda row: (row.association_key, row.superseded_at is not None, -row.in_force_from.toordinal())
    )


def marks_of(key: str) -> str:
    """A short mark of a rule's rows, for the form: whoever saves has seen the last of them."""
    rows = Rule.objects.filter(key=key).order_by("id").values_list("id", "in_force_to", "superseded_at")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def values_beyond(change) -> list[tuple[str, int]]:
    """For a limit that an association may only shorten: what is shorter than the proposed local value, or what local
    values would be longer than the proposed one for all. Whose, and how much."""
    rows = Rule.objects.filter(key=change.key, superseded_at=None).select_related("association")
    rows = [row for row in rows if row.in_force_to is None or row.in_force_to >= change.in_force_from]
    if change.association:
        return [(_("全国"), row.value) for row in rows if not row.association_key and row.value < change.value]
    return [(row.association.label, row.value) for row in rows if row.association_key and row.value > change.value]


@dataclass(frozen=True)
class ListedRule:
    """A line of the list: the value for all today, the next one where it is known, how many associations differ."""

    kind: RuleKind
    present: Rule | None
    next: Rule | None
    local: int

    @property
    def words(self) -> str:
        return self.kind.value.words(self.present.value) if self.present else ""

    @property
    def next_words(self) -> str:
        return self.kind.value.words(self.next.value) if self.next else ""


def listed_rules(subject: str, today: date) -> list[ListedRule]:
    """One query for all rules of a subject."""
    kinds = rules_of(subject)
    rows = Rule.objects.filter(key__in=[kind.key for kind in kinds], superseded_at=None).order_by("in_force_from")
    by_key: dict[str, list[Rule]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    return [_listed(kind, by_key.get(kind.key, []), today) for kind in kinds]


def rule_words(row: Rule) -> str:
    return rule_kind(row.key).value.words(row.value)


def _listed(kind: RuleKind, rows: list[Rule], today: date) -> ListedRule:
    for_all = [row for row in rows if not row.association_key]
    held = [row for row in for_all if _holds(row, today)]
    coming = [row for row in for_all if row.in_force_from > today]
    local = {row.association_key for row in rows if row.association_key and _holds(row, today)}
    return ListedRule(kind, held[0] if held else None, coming[0] if coming else None, len(local))


def _holds(row: Rule, day: date) -> bool:
    return row.in_force_from <= day and (row.in_force_to is None or day <= row.in_force_to)
