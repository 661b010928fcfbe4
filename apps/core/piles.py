"""Lists that are read pile by pile: a pile is the rows in some states, in an order, and has a count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet


@dataclass(frozen=True)
class Pile:
    """A saved view. `by` is what its rows are ordered by: the nearest deadline, or the latest change, first."""

    key: str
    label: str
    states: tuple[str, ...]
    by: str

    @property
    def kind(self) -> type[date]:
        """What the column holds by which it is ordered."""
        return datetime if self.by.endswith("_at") else date


def by_key(*piles: Pile) -> dict[str, Pile]:
    return {pile.key: pile for pile in piles}


def count_piles(rows: QuerySet, piles: Mapping[str, Pile]) -> dict[str, int]:
    """How many rows lie in each pile: one query."""
    counts = {key: Count("pk", filter=Q(state__in=pile.states)) for key, pile in piles.items()}
    return rows.select_related(None).aggregate(**counts)


def pile_links(piles: Mapping[str, Pile], counts: Mapping[str, int], chosen: Pile, url: Callable[[Pile], str]) -> list:
    """What the left column of a list shows."""
    return [
        {"label": pile.label, "count": counts[key], "url": url(pile), "is_chosen": pile == chosen}
        for key, pile in piles.items()
    ]
