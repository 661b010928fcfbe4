"""The test database: with reference data, and emptied after transactional tests in spite of the guards."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.commands.flush import Command as Flush
from django.db import connection, transaction

from apps.associations.selectors import kept_associations
from apps.rules.selectors import forget_rules

DJANGOS_OWN = {"django_migrations", "django_content_type", "auth_permission"}
"""Made by migrations, changed by nobody."""
REFERENCE_APPS = ("rules_", "associations_", "content_")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As pytest-django's, with the reference data that every installation has."""
    with django_db_blocker.unblock():
        call_command("load_reference_data")


@pytest.fixture(scope="session", autouse=True)
def _flush_leaves_reference_data():
    """Transactional tests end with a flush. Truncating some hundred tables, which append-only ones refuse, and making
    them anew takes longer than most tests: only rows are deleted, and reference data stays where no test changed it."""
    flush, Flush.handle = Flush.handle, _Emptying().handle
    yield
    Flush.handle = flush


class _Emptying:
    reference: dict[str, str] | None = None
    """The tables that reference data fills, with what stands in them."""

    def handle(self, **options):
        with pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
            kept = self.reference or {}
            is_as_it_was = bool(kept) and _contents(cursor, kept) == kept
            for table in _filled_tables(cursor) - (set(kept) if is_as_it_was else set()):
                cursor.execute(f'DELETE FROM "{table}"')
        if not is_as_it_was:
            self._load()

    def _load(self):
        call_command("load_reference_data")
        with connection.cursor() as cursor:
            filled = {table for table in _filled_tables(cursor) if table.startswith(REFERENCE_APPS)}
            self.reference = _contents(cursor, filled)


def _filled_tables(cursor) -> set[str]:
    tables = set(connection.introspection.table_names(cursor)) - DJANGOS_OWN
    cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in sorted(tables)))
    return {table for (table,) in cursor.fetchall()}


def _contents(cursor, tables) -> dict[str, str]:
    """A fingerprint of each table."""
    found = {}
    for table in sorted(tables):
        cursor.execute(f"SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM \"{table}\" row")
        found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture(autouse=True)
def _rules_are_read_afresh():
    """Rules are kept for seconds in memory; what one test changes must not reach the next."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    forget_rules()
    kept_associations.forget_here()
