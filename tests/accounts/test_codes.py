"""One-time codes: five guesses, ten minutes, the same answer to everybody."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import CodePurpose
from apps.accounts.models import OneTimeCode
from apps.accounts.services import CodeRefused, TooManyCodes, forget_old_codes, redeem_code, request_code
from apps.accounts.services.codes import LIFETIME, PER_ADDRESS, PER_ADDRESS_AND_IP, PER_IP
from apps.core.clock import now as present
from apps.mail.models import Message
from apps.mail.selectors import messages_of_case
from tests.factories.accounts import make_user

NOW = present()
ADDRESS = "li.na@example.org"


def send(purpose=CodePurpose.START_APPLICATION, email=ADDRESS, *, now=NOW, ip="192.0.2.1", **options):
    return request_code(purpose=purpose, email=email, language="zh-hans", now=now, ip=ip, **options)


def newest_code() -> str:
    text = Message.objects.order_by("-created_at", "-id").first().open_part("text")
    return re.search(r"\b(\d{6})\b", text).group(1)


def redeem(code, purpose=CodePurpose.START_APPLICATION, email=ADDRESS, *, now=NOW, **options):
    redeem_code(purpose=purpose, email=email, code=code, now=now, **options)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.django_db
def test_code_opens_once():
    send()
    code = newest_code()
    redeem(code)
    with pytest.raises(CodeRefused):
        redeem(code)


@pytest.mark.django_db
def test_full_width_digits_spaces_and_capitals_in_the_address_are_mended():
    send(email=" Li.Na@Example.org ")
    code = newest_code()
    redeem(" ".join(chr(ord(digit) + 0xFEE0) for digit in code), email="LI.NA@EXAMPLE.ORG")


@pytest.mark.django_db
def test_five_wrong_guesses_end_a_code_and_each_says_how_many_are_left():
    send()
    code = newest_code()
    left = []
    for _ in range(5):
        with pytest.raises(CodeRefused) as refusal:
            redeem(wrong(code))
        left.append(refusal.value.attempts_left)
    assert left == [4, 3, 2, 1, None]
    with pytest.raises(CodeRefused):
        redeem(code)


@pytest.mark.django_db
def test_code_is_refused_after_ten_minutes():
    send()
    with pytest.raises(CodeRefused):
        redeem(newest_code(), now=NOW + LIFETIME)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"purpose": CodePurpose.SIGN_IN}, {"email": "wang.wei@example.org"}, {"case": "ZJ-2026-7K4M-9Q"}]
)
def test_code_opens_only_what_it_was_sent_for(other):
    send()
    with pytest.raises(CodeRefused):
        redeem(newest_code(), **other)


@pytest.mark.django_db
def test_strangers_guesses_do_not_touch_a_code_that_is_named():
    mine = send()
    code = newest_code()
    send(ip="198.51.100.7")
    for _ in range(6):
        with pytest.raises(CodeRefused):
            redeem("000000" if newest_code() != "000000" else "000001")
    redeem(code, request_id=mine.id)


@pytest.fixture
def mail_waits(monkeypatch):
    """Committed mail stays in its row, where tests read the code."""
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_get_no_more_than_five(mail_waits):
    sent = send()
    code = newest_code()

    def guess(_):
        try:
            redeem(wrong(code), request_id=sent.id)
        except CodeRefused:
            return
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(16)))
    assert OneTimeCode.objects.get().guesses == 5
    with pytest.raises(CodeRefused):
        redeem(code)


@pytest.mark.django_db(transaction=True)
def test_right_code_in_parallel_opens_once(mail_waits):
    sent = send()
    code = newest_code()

    def use(_):
        try:
            redeem(code, request_id=sent.id)
        except CodeRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(use, range(6))) == 1


@pytest.mark.django_db
def test_known_and_unknown_addresses_cost_the_same_queries():
    make_user(ADDRESS)
    with CaptureQueriesContext(connection) as for_known:
        known = send(CodePurpose.SIGN_IN)
    with CaptureQueriesContext(connection) as for_unknown:
        unknown = send(CodePurpose.SIGN_IN, "nobody.here@example.org")
    assert len(for_known) == len(for_unknown)
    assert known.expires_at == unknown.expires_at
    assert OneTimeCode.objects.count() == Message.objects.count() == 2


@pytest.mark.django_db
def test_unknown_address_gets_a_mail_that_says_so_and_no_code():
    send(CodePurpose.SIGN_IN)
    text = Message.objects.get().open_part("text")
    assert "没有找到" in text
    assert not re.search(r"\b\d{6}\b", text.split("--")[0])


@pytest.mark.django_db
def test_code_of_an_unknown_case_never_opens():
    send(CodePurpose.PROGRESS, case="ZJ-2026-7K4M-9Q", known=False)
    row = OneTimeCode.objects.get()
    with pytest.raises(CodeRefused) as refusal:
        redeem("123456", CodePurpose.PROGRESS, case="ZJ-2026-7K4M-9Q")
    assert refusal.value.attempts_left == 4
    assert row.code_hash
    assert not messages_of_case("ZJ-2026-7K4M-9Q").exists()


@pytest.mark.django_db
def test_database_holds_no_code_in_plain():
    send()
    code = newest_code()
    row = Message.objects.get()
    assert code.encode() not in bytes(row.text) + bytes(row.subject) + bytes(row.html)
    assert code not in OneTimeCode.objects.get().code_hash


@pytest.mark.django_db
def test_stranger_uses_up_only_an_own_allowance():
    for _ in range(PER_ADDRESS_AND_IP):
        send(ip="198.51.100.7")
    with pytest.raises(TooManyCodes):
        send(ip="198.51.100.7")
    send(ip="192.0.2.1")
    send(ip="198.51.100.7", now=NOW + timedelta(minutes=61))


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_send_no_more_codes_than_allowed(mail_waits):
    def ask(_):
        try:
            send()
        except TooManyCodes:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ask, range(12))) == PER_ADDRESS_AND_IP


@pytest.mark.django_db
def test_an_address_and_a_network_address_each_have_an_hourly_allowance():
    for number in range(PER_ADDRESS):
        send(ip=f"192.0.2.{number}")
    with pytest.raises(TooManyCodes):
        send(ip="203.0.113.9")
    for number in range(PER_IP):
        send(email=f"person{number}@example.org", ip="203.0.113.1")
    with pytest.raises(TooManyCodes):
        send(email="one.more@example.org", ip="203.0.113.1")


@pytest.mark.django_db
def test_old_codes_are_forgotten_and_recent_ones_still_count():
    send()
    send(now=NOW + timedelta(minutes=50))
    assert forget_old_codes(now=NOW + timedelta(minutes=61)) == 1
    assert OneTimeCode.objects.count() == 1
