"""The lock on the audit record: the role of web and worker reads and adds there, and no more."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

ROLE = "portal_role_under_test"

pytestmark = pytest.mark.django_db


@pytest.fixture
def application_role(settings):
    settings.APPLICATION_ROLE = ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE}")
        call_command("grant_application_role")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def test_application_role_works_on_other_tables(application_role):
    application_role.execute("UPDATE associations_association SET phone = '010-88250000'")
    application_role.execute("SELECT count(*) FROM audit_record")


@pytest.mark.parametrize(
    "act", ["UPDATE audit_record SET action = 'x'", "DELETE FROM audit_record", "TRUNCATE audit_record"]
)
def test_application_role_cannot_touch_the_record(application_role, act):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        application_role.execute(act)


def test_lock_is_on_for_the_application_role(application_role, client):
    assert client.get("/readyz").json()["audit"] == "audit lock on"
