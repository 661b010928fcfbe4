"""The test database: with reference data, and emptied after transactional tests in spite of the guards."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.commands.flush import Command as Flush

from apps.rules.selectors import forget_rules


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As pytest-django's, with the reference data that every installation has."""
    with django_db_blocker.unblock():
        call_command("load_reference_data")


@pytest.fixture(scope="session", autouse=True)
def _flush_leaves_reference_data():
    """Transactional tests end with TRUNCATE, which append-only tables refuse to anybody but a test's clean-up."""
    flush = Flush.handle

    def flush_past_the_guards(self, **options):
        with pgtrigger.ignore():
            flush(self, **options)
        call_command("load_reference_data")

    Flush.handle = flush_past_the_guards
    yield
    Flush.handle = flush


@pytest.fixture(autouse=True)
def _rules_are_read_afresh():
    """Rules are kept for seconds in memory; what one test changes must not reach the next."""
    forget_rules()
    yield
    forget_rules()
