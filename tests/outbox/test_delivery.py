"""Events: delivered at least once, whatever dies on the way."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from apps.outbox import registry, services
from apps.outbox.enums import Urgency
from apps.outbox.models import Delivery, Event
from apps.outbox.selectors import dead_deliveries

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


class Clock:
    """A clock that the test moves."""

    def __init__(self, moment=NOW):
        self.moment = moment

    def __call__(self):
        return self.moment

    def forward(self, **span):
        self.moment += timedelta(**span)


@pytest.fixture
def heard(db, monkeypatch):
    """No events yet, and a fresh registry with one handler for `thing.happened` that notes what it hears."""
    Event.objects.all().delete()
    monkeypatch.setattr(registry, "_names_by_event", defaultdict(list))
    monkeypatch.setattr(registry, "_handlers", {})
    notes = []

    @registry.handles("thing.happened")
    def note(payload, *, now):
        notes.append(payload)
        if payload.get("fails", 0) >= len(notes):
            raise RuntimeError("no luck")

    monkeypatch.setattr(services, "_wake_worker", lambda **_: None)
    return notes


@pytest.mark.django_db
def test_event_is_delivered_once_when_all_goes_well(heard):
    services.enqueue("thing.happened", {"id": 1}, now=NOW)
    assert services.deliver_due(clock=Clock()) == 1
    assert services.deliver_due(clock=Clock()) == 0
    assert heard == [{"id": 1}]
    assert Delivery.objects.get().state == Delivery.State.DONE


@pytest.mark.django_db(transaction=True)
def test_event_vanishes_with_the_change_that_caused_it(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue("thing.happened", {"id": 1}, now=NOW)
        raise ZeroDivisionError
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_failed_delivery_is_tried_again_later_and_not_at_once(heard):
    services.enqueue("thing.happened", {"fails": 1}, now=NOW)
    clock = Clock()
    assert services.deliver_due(clock=clock) == 1
    assert services.deliver_due(clock=clock) == 0
    clock.forward(seconds=11)
    assert services.deliver_due(clock=clock) == 1
    assert Delivery.objects.get().state == Delivery.State.DONE


@pytest.mark.django_db
def test_delivery_of_a_killed_worker_comes_due_again(heard):
    services.enqueue("thing.happened", {"id": 1}, now=NOW)
    assert services._claim(now=NOW) is not None
    clock = Clock()
    assert services.deliver_due(clock=clock) == 0
    clock.forward(seconds=61)
    assert services.deliver_due(clock=clock) == 1
    assert heard == [{"id": 1}]


@pytest.mark.django_db
def test_delivery_that_always_fails_waits_for_an_operator_who_can_retry(heard):
    services.enqueue("thing.happened", {"fails": services.MAX_ATTEMPTS}, now=NOW)
    clock = Clock()
    for _ in range(services.MAX_ATTEMPTS):
        services.deliver_due(clock=clock)
        clock.forward(days=1)
    dead = dead_deliveries().get()
    assert dead.last_error == "RuntimeError: no luck"
    services.retry_dead_delivery(dead.pk, now=clock())
    services.deliver_due(clock=clock)
    assert Delivery.objects.get().state == Delivery.State.DONE


@pytest.mark.django_db
def test_lost_broker_loses_no_event(heard, monkeypatch, django_capture_on_commit_callbacks):
    from apps.outbox import tasks

    def refuse():
        raise ConnectionError("no broker")

    monkeypatch.undo()
    monkeypatch.setattr(tasks.deliver_due, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        event = services.enqueue("nobody.listens", {}, now=NOW)
    assert Event.objects.filter(pk=event.pk).exists()


@pytest.mark.django_db
def test_what_is_urgent_goes_first_among_the_urgent_and_never_behind_a_crowd(heard, monkeypatch):
    monkeypatch.setattr(registry, "_urgencies", {})

    def note_soon(payload, *, now):
        heard.append(payload)

    def note_now(payload, *, now):
        heard.append(payload)

    registry.handles("soon.asked", urgency=Urgency.SOON)(note_soon)
    registry.handles("now.asked", urgency=Urgency.AT_ONCE)(note_now)
    for number in range(3):
        services.enqueue("thing.happened", {"id": number}, now=NOW)
    services.enqueue("soon.asked", {"id": "soon"}, now=NOW)
    services.enqueue("now.asked", {"id": "now"}, now=NOW + timedelta(seconds=1))
    clock = Clock(NOW + timedelta(seconds=2))
    assert services.deliver_urgent(clock=clock) == 2
    assert heard == [{"id": "now"}, {"id": "soon"}]
    assert services.deliver_due(clock=clock) == 3


@pytest.mark.django_db
def test_urgent_work_makes_room_for_urgent_mail_after_a_moment(heard, monkeypatch):
    woken = []
    monkeypatch.setattr(services, "_wake_worker", lambda *, urgent=False: woken.append(urgent))
    monkeypatch.setattr(registry, "_urgencies", dict.fromkeys(registry._handlers, Urgency.SOON))
    for number in range(9):
        services.enqueue("thing.happened", {"id": number}, now=NOW)
    ticking = iter(NOW + timedelta(seconds=tick / 4) for tick in range(1000))
    tried = services.deliver_urgent(clock=lambda: next(ticking))
    assert 0 < tried < 9
    assert woken == [True]
