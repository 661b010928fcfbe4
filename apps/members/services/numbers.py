"""New member numbers: by rule, one after the other, never one that was ever used."""

from datetime import date

from django.db import connection

from apps.members.models import Membership, NumberSequence
from apps.rules.selectors import rule_value


def next_number(kind: str, association_code: str, *, on: date, firm_code: str = "") -> str:
    """A number nobody ever had; a CPA's begins with the 8 digits of the firm that registers them first.

    Locks the sequence until the transaction ends: call it last.
    """
    pattern = rule_value(f"member_number.{kind}", on=on, association_code=association_code)
    parts = {"region": association_code[:2], "year": on.year, "firm": firm_code[:8]}
    key = f"{kind}:{pattern.format(**parts, sequence=0)}"
    while True:
        number = pattern.format(**parts, sequence=_step(key))
        if not Membership.objects.filter(kind=kind, number=number).exists():  # imported ones may lie ahead
            return number


def _step(key: str) -> int:
    """Count on, in one statement that also locks the row."""
    table = connection.ops.quote_name(NumberSequence._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, last) VALUES (%s, 1) "
            f"ON CONFLICT (key) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [key],
        )
        return cursor.fetchone()[0]
