"""Places in status lists. A place is drawn at random among those of the last list; a list that fills up is followed.

Nobody waits for anybody: there is no counter to lock. Twelve draws in vain mean that a good half of the list is
taken; the rest stays unused for ever, and reads as valid like most of the others.
"""

import secrets

from django.db import connection

from apps.certificates.models import StatusEntry
from apps.certificates.selectors.status_lists import LIST_SIZE, last_list_number

DRAWS = 12


def draw_status_entry() -> StatusEntry:
    """A place that nobody else has, in the caller's transaction."""
    return draw_status_entries(1)[0]


def draw_status_entries(count: int) -> list[StatusEntry]:
    """So many places that nobody else has, in the caller's transaction. As a rule two queries."""
    number, entries = last_list_number(), []
    while True:
        for _draw in range(DRAWS):
            entries += _taken(number, {secrets.randbelow(LIST_SIZE) for _place in range(count - len(entries))})
            if len(entries) == count:
                return entries
        number += 1


def _taken(number: int, positions: set[int]) -> list[StatusEntry]:
    """Without those places that are somebody's already. In one order, so that no two wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{StatusEntry._meta.db_table}" (list_number, position) '
            "SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING RETURNING id, position",
            [number, sorted(positions)],
        )
        rows = cursor.fetchall()
    return [StatusEntry(pk=pk, list_number=number, position=position) for pk, position in rows]
