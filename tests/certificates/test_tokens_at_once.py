"""Several at once: one first key, every place once, and no token that slips in behind a revocation."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction

from apps.certificates.models import StatusEntry, TokenKey
from apps.certificates.services import draw_status_entry, revoke_token_key, status_entries
from apps.certificates.services.token_keys import active_signer
from apps.core.actor import Actor

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, times: int) -> list:
    together = threading.Barrier(times)

    def one(_number):
        try:
            together.wait(timeout=20)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=times) as workers:
        return list(workers.map(one, range(times)))


def test_first_key_is_made_once():
    keys = at_once(lambda: active_signer(now=NOW).row.key_id, 5)
    assert len(set(keys)) == 1
    assert TokenKey.objects.count() == 1


def test_places_drawn_at_once_are_different(monkeypatch):
    monkeypatch.setattr(status_entries, "LIST_SIZE", 16)
    drawn = at_once(lambda: [draw_status_entry() for _each in range(6)], 5)
    places = {(entry.list_number, entry.position) for entries in drawn for entry in entries}
    assert len(places) == StatusEntry.objects.count() == 30


def test_revocation_waits_for_whoever_is_signing():
    key_id = active_signer(now=NOW).row.key_id

    def revoke():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        try:
            revoke_token_key(key_id, actor=Actor.system("test"), now=NOW)
        except OperationalError:
            return "waits"
        finally:
            connection.close()
        return "revoked"

    with ThreadPoolExecutor(max_workers=1) as other:
        with transaction.atomic():
            active_signer(now=NOW)
            assert other.submit(revoke).result() == "waits"
        assert other.submit(revoke).result() == "revoked"
    assert active_signer(now=NOW).row.key_id != key_id


def test_two_who_sign_do_not_wait_for_each_other():
    active_signer(now=NOW)

    def sign():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        try:
            return active_signer(now=NOW).row.state
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as other, transaction.atomic():
        active_signer(now=NOW)
        assert other.submit(sign).result() == "active"
