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
    """A place that nobody else has, in the caller's transaction. Twice two queries, as a rule half of it."""
    number = last_list_number()
    while True:
        for _draw in range(DRAWS):
            if entry := _taken(number, secrets.randbelow(LIST_SIZE)):
                return entry
        number += 1


def _taken(number: int, position: int) -> StatusEntry | None:
    """None where the place is somebody's already."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{StatusEntry._meta.db_table}" (list_number, position) VALUES (%s, %s) '
            "ON CONFLICT DO NOTHING RETURNING id",
            [number, position],
        )
        row = cursor.fetchone()
    return StatusEntry(pk=row[0], list_number=number, position=position) if row else None
