"""What failed too often is seen by whoever operates the portal, with its reason, and can be tried again."""

import pytest

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.dashboard.services import deliveries
from apps.outbox.models import Delivery, Event
from tests.factories.accounts import make_actor, make_officer, sign_in_officer

pytestmark = pytest.mark.django_db
ADDRESS = "/office/deliveries/"


@pytest.fixture
def dead():
    event = Event.objects.create(name="membership.admitted", payload={}, occurred_at=now())
    return Delivery.objects.create(
        event=event, handler="certificates", state=Delivery.State.DEAD, attempts=8, due_at=now(), last_error="缺少印章"
    )


@pytest.fixture
def operator(client):
    return sign_in_officer(client, make_officer(role=Role.SECURITY, association_code="000000"))


def test_operator_reads_the_reason(operator, dead):
    assert "缺少印章" in operator.get(ADDRESS).content.decode()
    assert "失败的任务" in operator.get("/office/").content.decode()


def test_retry_makes_it_due_again(operator, dead):
    assert operator.post(ADDRESS, {"delivery": str(dead.pk)}).status_code == 302
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (Delivery.State.PENDING, 0)


def test_retry_is_recorded_once_and_fails_with_its_record(operator, dead, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(deliveries, "record", _refuse)
        with pytest.raises(RuntimeError):
            operator.post(ADDRESS, {"delivery": str(dead.pk)})
    dead.refresh_from_db()
    assert dead.state == Delivery.State.DEAD
    for _press in range(2):
        operator.post(ADDRESS, {"delivery": str(dead.pk)})
    assert Record.objects.get(action="delivery.retried").before == {"handler": "certificates", "attempts": 8}


def test_retry_is_the_operators_only(dead):
    with pytest.raises(NotPermitted):
        deliveries.retry_delivery(actor=make_actor(Role.REGISTRAR), delivery_id=dead.pk, now=now())


def _refuse(*args, **kwargs):
    raise RuntimeError("no record")


@pytest.mark.parametrize("typed", ["", "nonsense"])
def test_odd_ids_are_not_found(operator, typed):
    assert operator.post(ADDRESS, {"delivery": typed}).status_code == 404


def test_nothing_failed_is_said(operator):
    assert "没有失败的任务" in operator.get(ADDRESS).content.decode()


def test_reviewer_finds_nothing_here(client):
    assert sign_in_officer(client, make_officer()).get(ADDRESS).status_code == 404
