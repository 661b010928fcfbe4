"""Every service of accounts and associations leaves its record, and fails with it."""

import pytest
from django.contrib.auth import get_user_model

from apps.accounts.enums import CodePurpose, Role, SignInKind
from apps.accounts.models import OneTimeCode, SignInName
from apps.accounts.services import (
    account_for_email,
    add_sign_in_name,
    create_staff_account,
    enrol_totp,
    redeem_code,
    request_code,
)
from apps.associations.models import Seat
from apps.associations.services import end_seat, grant_seat, make_first_administrator
from apps.audit.models import Record
from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.core.clock import today
from apps.mail.models import Message
from tests.factories.accounts import make_officer, make_user

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
ADDRESS = "new@example.org"
COUNTED = (get_user_model(), SignInName, OneTimeCode, Seat, Message)


def _name(user):
    return add_sign_in_name(user_id=user.pk, kind=SignInKind.PRACTISING_NUMBER, value="330000010001", now=present())


def _seat(user):
    return grant_seat(
        actor=SYSTEM,
        user_id=user.pk,
        association_code="110000",
        role=Role.REVIEWER,
        from_on=today(),
        now=present(),
    )


def _end(user):
    seat = Seat.objects.get(user=user)
    return end_seat(actor=SYSTEM, seat_id=seat.pk, last_on=today(), now=present())


def _first(user):
    return make_first_administrator(email=ADDRESS, display_name="管理员", language="zh-hans", now=present())


def _staff(user):
    return create_staff_account(email=ADDRESS, display_name="王", password="seven-quiet-lakes", now=present())


def _code(user):
    return request_code(purpose=CodePurpose.SIGN_IN, email=user.email, language="en", now=present())


SERVICES = {
    "account.created": lambda user: account_for_email(email=ADDRESS, language="en", now=present()),
    "account.password_set": _staff,
    "sign_in_name.added": _name,
    "second_factor.added": lambda user: enrol_totp(user, now=present()),
    "code.sent": _code,
    "seat.granted": _seat,
    "seat.ended": _end,
}


@pytest.mark.parametrize("action", SERVICES)
def test_service_leaves_its_record(action):
    SERVICES[action](make_officer())
    assert action in set(Record.objects.values_list("action", flat=True))


@pytest.mark.parametrize("action", [*SERVICES, "first administrator"])
def test_service_fails_with_its_record(action, monkeypatch):
    officer = make_officer()
    before = _state()

    def fail(*args, **kwargs):
        raise RuntimeError("no record")

    for module in ("accounts.services.accounts", "accounts.services.codes", "accounts.services.second_factor"):
        monkeypatch.setattr(f"apps.{module}.record", fail)
    monkeypatch.setattr("apps.associations.services.seats.record", fail)
    with pytest.raises(RuntimeError, match="no record"):
        SERVICES.get(action, _first)(officer)
    assert _state() == before


def test_guess_is_recorded_and_not_counted_without_its_record(monkeypatch):
    user = make_user()
    _code(user)
    monkeypatch.setattr("apps.accounts.services.codes.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        redeem_code(purpose=CodePurpose.SIGN_IN, email=user.email, code="000000", now=present())
    assert OneTimeCode.objects.get().guesses == 0


def _state():
    counts = [model.objects.count() for model in COUNTED]
    return counts, list(Seat.objects.values_list("to_on", flat=True)), Record.objects.count()
