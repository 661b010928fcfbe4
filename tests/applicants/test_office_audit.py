"""Every act of the office leaves its record, and does not happen where the record cannot be written."""

from datetime import timedelta

import pytest

from apps.applicants.enums import State
from apps.applicants.models import Application, Batch, RollEntry, Step
from apps.applicants.services.batches import send_batch
from apps.applicants.services.expiry import expire_correction
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.applicants.services.roll import keep_roll_entry
from apps.audit.models import Record
from apps.members.models import Membership
from apps.outbox.models import Event
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    make_passer,
    open_batch,
    rechecker,
    remind_applicant,
    reviewer,
    tell_applicant,
)

pytestmark = pytest.mark.django_db

LATER = NOW.replace(month=6)


def _sent(state, act):
    def prepare():
        application = make_application(state=state)
        if state == State.CORRECTION_REQUESTED:
            tell_applicant(application)
            remind_applicant(application, now=LATER - timedelta(days=10))
        return lambda: act(application)

    return prepare


ACTS = {
    "application.agreed": _sent(State.SUBMITTED, lambda case: agree_application(**arguments(case, reviewer()))),
    "application.refused": _sent(
        State.SUBMITTED,
        lambda case: refuse_application(**arguments(case, reviewer()), reason_code=first_reason("refusal")),
    ),
    "application.correction_requested": _sent(
        State.SUBMITTED,
        lambda case: request_correction(**arguments(case, reviewer()), items=[("photo", "请换成白底")]),
    ),
    "batch.sent": _sent(State.AGREED, lambda case: send_batch(actor=SYSTEM, batch_id=open_batch(case).pk, now=NOW)),
    "application.sent": _sent(
        State.AGREED, lambda case: send_batch(actor=SYSTEM, batch_id=open_batch(case).pk, now=NOW)
    ),
    "application.confirmed": _sent(
        State.SENT,
        lambda case: confirm_application(**arguments(case, rechecker()), document_number=DOCUMENT_NUMBER),
    ),
    "application.returned": _sent(
        State.SENT, lambda case: return_application(**arguments(case, rechecker()), reason_code=first_reason("return"))
    ),
    "application.expired": _sent(
        State.CORRECTION_REQUESTED,
        lambda case: expire_correction(actor=SYSTEM, application_id=case.pk, now=LATER),
    ),
}


@pytest.mark.parametrize("action", ACTS)
def test_act_leaves_its_record(action):
    act = ACTS[action]()
    before = Record.objects.filter(action=action).count()
    act()
    record = Record.objects.filter(action=action).latest("at", "id")
    assert Record.objects.filter(action=action).count() == before + 1
    assert record.case
    assert "王小明" not in str(record.after)


@pytest.mark.parametrize("action", ACTS)
def test_act_fails_with_its_record(action, monkeypatch):
    act = ACTS[action]()
    before = snapshot()

    def broken(*args, **kwargs):
        raise RuntimeError("the record cannot be written")

    for room in ("review", "batches", "national", "expiry"):
        monkeypatch.setattr(f"apps.applicants.services.{room}.record", broken)
    with pytest.raises(RuntimeError):
        act()
    assert snapshot() == before


def snapshot():
    return (
        list(Application.objects.order_by("pk").values("pk", "state", "version", "batch_id", "decide_by")),
        list(Batch.objects.order_by("pk").values("pk", "state", "sent_at")),
        Step.objects.count(),
        Membership.objects.count(),
        Event.objects.count(),
        RollEntry.objects.count(),
    )


def test_a_changed_line_of_the_roll_keeps_what_stood_there_sealed():
    passer = make_passer()
    changed = type(passer)(**{**vars(passer), "name": "王晓明"})
    assert keep_roll_entry(actor=SYSTEM, passer=changed, now=NOW).differing == ("name",)
    record = Record.objects.get(action="roll_entry.updated")
    assert record.personal is not None
    assert "王" not in str(record.after) + str(record.before)


def test_a_line_of_the_roll_fails_with_its_record(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("apps.applicants.services.roll.record_each", broken)
    with pytest.raises(RuntimeError):
        make_passer()
    assert not RollEntry.objects.exists()
