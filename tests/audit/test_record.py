"""The audit record: written with the act, and then out of everybody's reach."""

from datetime import UTC, datetime

import pytest
from django.db import InternalError, connection, transaction

from apps.audit import services
from apps.audit.models import Record
from apps.audit.selectors import records_of
from apps.core.actor import Actor
from apps.core.encryption import create_data_key, open_sealed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
ACTOR = Actor.system("test")


@pytest.fixture
def entry():
    key = create_data_key()
    return services.record(
        ACTOR, "key.made", key, now=NOW, after={"wrapped": True}, personal={"name": "欧阳·娜"}, data_key=key
    )


def test_record_says_who_did_what_to_what(entry):
    found = records_of("core.datakey", entry.data_key_id).get()
    assert (found.action, found.actor_label, found.after, found.at) == ("key.made", "test", {"wrapped": True}, NOW)


def test_personal_part_is_sealed_under_the_persons_key(entry):
    from apps.core.models import DataKey

    key = DataKey.objects.get(pk=entry.data_key_id)
    assert "欧阳".encode() not in bytes(entry.personal)
    assert "欧阳·娜" in open_sealed(key, entry.personal, "audit").decode()


def test_personal_part_without_a_key_is_refused():
    with pytest.raises(ValueError, match="data key"):
        services.record(ACTOR, "key.made", create_data_key(), now=NOW, personal={"name": "x"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_record SET actor_label = 'somebody else'",
        "DELETE FROM audit_record",
        "TRUNCATE audit_record",
    ],
)
def test_database_refuses_to_change_the_record(entry, statement):
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Record.objects.filter(pk=entry.pk, actor_label="test").exists()
