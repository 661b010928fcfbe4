"""Mail: a row before it is a mail; sent once as far as SMTP allows; secret words do not stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction

from apps.core.encryption import create_data_key
from apps.core.errors import DataKeyDestroyed
from apps.mail.enums import MessageState
from apps.mail.models import Message
from apps.mail.selectors import messages_of_case
from apps.mail.services import retry_failed_message, send_due, send_mail, send_urgent
from apps.mail.services.delivery import LEASE, MAX_ATTEMPTS, claim_message
from apps.mail.services.writing import _html

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
CASE = "ZJ-2026-7K4M-9Q"


class Clock:
    def __init__(self, moment=NOW):
        self.moment = moment

    def __call__(self):
        return self.moment

    def forward(self, span):
        self.moment += span


def write(*, language="zh-hans", data_key=None, is_secret=True, **options):
    return send_mail(
        template="accounts/code",
        to="li.na@example.org",
        context={"code": "048217", "purpose_label": "登录 & 查询", "minutes": 10, "case": ""},
        language=language,
        purpose="code.sign_in",
        now=NOW,
        case=CASE,
        data_key=data_key,
        is_secret=is_secret,
        **options,
    )


@pytest.fixture
def broken_server(monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError("li.na@example.org was refused")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


@pytest.mark.django_db
def test_mail_goes_out_once_in_plain_and_html_with_phone_and_address():
    write()
    assert send_due(clock=Clock()) == 1
    assert send_due(clock=Clock()) == 0
    (mail,) = outbox.outbox
    assert mail.to == ["li.na@example.org"]
    assert "048217" in mail.subject
    html = mail.alternatives[0].content
    for words in (mail.body, html):
        assert "010-88250337" in words
        assert "http://localhost:8000" in words
    assert "登录 & 查询" in mail.body
    assert "登录 &amp; 查询" in html
    assert Message.objects.get().state == MessageState.SENT


@pytest.mark.django_db
def test_row_shows_neither_address_nor_words_at_rest():
    message = write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, subject, text, html FROM mail_message")
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    assert b"li.na" not in stored
    assert b"048217" not in stored
    assert message.open_part("address") == "li.na@example.org"


@pytest.mark.django_db
def test_words_of_a_code_are_purged_once_sent_and_others_stay():
    secret, letter = write(), write(is_secret=False)
    send_due(clock=Clock())
    secret.refresh_from_db()
    letter.refresh_from_db()
    assert (secret.subject, secret.text, secret.html, secret.purged_at) == (None, None, None, NOW)
    assert "048217" in letter.open_part("text")


@pytest.mark.django_db
def test_database_refuses_a_sent_code_whose_words_are_still_there():
    write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(state=MessageState.SENT, sent_at=NOW)


@pytest.mark.django_db
def test_mail_of_a_worker_killed_between_claim_and_send_goes_out_after_the_lease():
    message = write()
    assert claim_message(now=NOW).pk == message.pk
    clock = Clock()
    clock.forward(LEASE - timedelta(seconds=1))
    assert send_due(clock=clock) == 0
    clock.forward(timedelta(seconds=1))
    assert send_due(clock=clock) == 1
    assert len(outbox.outbox) == 1
    assert str(message.pk) in outbox.outbox[0].message()["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same_mail():
    write()
    with transaction.atomic():
        Message.objects.select_for_update().get()

        def claim():
            try:
                return claim_message(now=NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(claim).result() is None


@pytest.mark.django_db(transaction=True)
def test_mail_is_not_sent_when_the_change_is_rolled_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert not outbox.outbox


@pytest.mark.django_db(transaction=True)
def test_commit_wakes_the_worker():
    write()
    assert len(outbox.outbox) == 1


@pytest.fixture
def lost_broker(monkeypatch):
    from apps.mail.tasks import send_due as task

    def fail():
        raise OSError("no broker")

    monkeypatch.setattr(task, "delay", fail)


@pytest.mark.django_db(transaction=True)
def test_code_arrives_while_the_broker_is_lost(lost_broker):
    write()
    assert len(outbox.outbox) == 1
    assert send_due(clock=Clock()) == 0


@pytest.mark.django_db(transaction=True)
def test_lost_broker_and_lost_mail_server_do_not_disturb_the_writer(lost_broker, broken_server):
    write()
    assert Message.objects.get().state == MessageState.QUEUED


@pytest.mark.django_db
def test_refused_mail_is_tried_later_and_later_and_then_failed(broken_server):
    message = write()
    clock, pauses = Clock(), []
    for _ in range(MAX_ATTEMPTS):
        assert send_due(clock=clock) == 1
        assert send_due(clock=clock) == 0
        message.refresh_from_db()
        pauses.append(message.due_at - clock())
        clock.forward(message.due_at - clock())
    assert pauses[:-1] == sorted(pauses[:-1])
    assert message.state == MessageState.FAILED
    assert message.purged_at
    assert message.last_error == "ConnectionRefusedError"


@pytest.mark.django_db
def test_failed_letter_can_have_another_round(broken_server, monkeypatch):
    message = write(is_secret=False)
    Message.objects.update(attempts=MAX_ATTEMPTS - 1)
    send_due(clock=Clock())
    monkeypatch.undo()
    retry_failed_message(message.pk, now=NOW)
    assert send_due(clock=Clock()) == 1
    assert len(outbox.outbox) == 1


@pytest.mark.django_db
def test_undeliverable_mail_does_the_same_work_and_never_leaves():
    message = write(is_deliverable=False)
    assert send_due(clock=Clock()) == 0
    assert (message.state, message.text) == (MessageState.FAILED, None)


@pytest.mark.django_db
def test_mail_sealed_under_a_persons_key_is_gone_with_the_key():
    key = create_data_key()
    message = write(data_key=key, is_secret=False)
    assert "048217" in message.open_part("text")
    key.wrapped, key.destroyed_at = None, NOW
    key.save()
    message = messages_of_case(CASE).get()
    with pytest.raises(DataKeyDestroyed):
        message.open_part("text")
    send_due(clock=Clock())
    assert not outbox.outbox


@pytest.mark.django_db
def test_words_of_one_message_do_not_open_in_another():
    first, second = write(), write()
    second.text = first.text
    with pytest.raises(Exception, match=r"(?i)decryption failed"):
        second.open_part("text")


@pytest.mark.parametrize(
    "words", ["查询进度：https://cicpa.example/progress/ZJ-1/", "Progress: https://cicpa.example/progress/ZJ-1/"]
)
def test_an_address_in_a_mail_is_a_link_whatever_stands_before_it(words):
    html = _html("emails/no-such.html", {"body": words, "subject": "", "portal_url": "", "language": "zh-hans"})
    assert '<a href="https://cicpa.example/progress/ZJ-1/"' in html


@pytest.mark.django_db
def test_code_waits_behind_no_crowd_of_other_mail():
    crowd = [write(is_secret=False) for _ in range(3)]
    code = write()
    assert send_urgent(clock=Clock()) == 1
    states = dict(Message.objects.values_list("pk", "state"))
    assert [states[message.pk] for message in (code, *crowd)] == [MessageState.SENT] + [MessageState.QUEUED] * 3
    second = write()
    assert send_due(clock=Clock(), limit=1) == 1
    second.refresh_from_db()
    assert second.state == MessageState.SENT


@pytest.mark.django_db(transaction=True)
def test_mail_server_that_hangs_holds_up_one_sender_of_what_is_urgent_only(monkeypatch):
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)
    for _ in range(2):
        write()
    others = []

    def hang(message, **_clock):
        with ThreadPoolExecutor(1) as pool:
            others.append(pool.submit(another).result())

    def another():
        try:
            return send_urgent(clock=Clock())
        finally:
            connection.close()

    monkeypatch.setattr("apps.mail.services.delivery._send", hang)
    assert send_urgent(clock=Clock(), limit=1) == 1
    assert others == [0]
    assert send_urgent(clock=Clock(), limit=1) == 1
