"""What does not arrive by mail goes by text message, once; reports of other servers are taken at their word only."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.management import call_command

from apps.core.clock import now as present
from apps.core.encryption import create_data_key
from apps.mail.enums import Channel, MessageState
from apps.mail.models import Message
from apps.mail.selectors import deliveries_of_case, sms_parts, was_received
from apps.mail.services import record_outcome, record_report, send_again, send_due, send_message
from apps.mail.services.delivery import MAX_ATTEMPTS
from apps.mail.services.sms import FileGateway, MemoryGateway
from tests.mail.test_mail import CASE, NOW, Clock

pytestmark = pytest.mark.django_db
PHONE = "+8613800138000"
CONTACT = {"phone": "0571-12345678", "association": {"short_label": "浙江注协"}}
SECRET = "a-long-word-between-two-machines"


@pytest.fixture(autouse=True)
def _empty_gateway():
    MemoryGateway.outbox.clear()


def write(*, email="li.na@example.org", phone=PHONE, **changes):
    given = {
        "template": "notifications/withdrawn",
        "email": email,
        "phone": phone,
        "context": {
            "reference": CASE,
            "contact": {"phone": "0571-12345678", "association": {"short_label": "浙江注协"}},
        },
        "language": "zh-hans",
        "purpose": "withdrawn",
        "case": CASE,
        "data_key": create_data_key(),
        "now": NOW,
    }
    return send_message(**given | changes)


def bounce_of(message, *, action="failed", status="5.1.1") -> bytes:
    """A report as Postfix sends it."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: no-reply@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Thu, 5 Mar 2026 10:00:00 +0800

Final-Recipient: rfc822; li.na@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b1
Content-Type: text/rfc822-headers

From: CICPA <no-reply@localhost>
Message-ID: <{message.pk}@localhost>
Subject: withdrawn

--b1--
""".replace("\n", "\r\n").encode()


def states() -> list[tuple]:
    return list(Message.objects.order_by("created_at", "id").values_list("channel", "state"))


def test_bounced_mail_goes_by_text_message_once():
    message = write()
    send_due(clock=Clock())
    assert was_received(CASE, "withdrawn")
    assert record_report(bounce_of(message), now=NOW) == 1
    assert not was_received(CASE, "withdrawn")
    assert record_report(bounce_of(message), now=NOW) == 0
    send_due(clock=Clock())
    (sms,) = MemoryGateway.outbox
    assert sms["to"] == PHONE
    assert sms["text"].startswith("【中注协】")
    assert CASE in sms["text"]
    assert "0571-12345678" in sms["text"]
    assert states() == [(Channel.EMAIL, MessageState.BOUNCED), (Channel.SMS, MessageState.SENT)]
    assert was_received(CASE, "withdrawn")


def test_text_message_that_comes_back_too_leaves_nobody_told():
    mail = write()
    send_due(clock=Clock())
    record_report(bounce_of(mail), now=NOW)
    send_due(clock=Clock())
    assert record_outcome(Message.objects.get(channel=Channel.SMS).pk, MessageState.BOUNCED, now=NOW)
    assert send_due(clock=Clock()) == 0
    assert not was_received(CASE, "withdrawn")
    assert Message.objects.count() == 2


def test_mail_that_fails_for_good_goes_by_text_message(monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    write()
    Message.objects.update(attempts=MAX_ATTEMPTS - 1)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    assert send_due(clock=Clock()) == 2
    assert states() == [(Channel.EMAIL, MessageState.FAILED), (Channel.SMS, MessageState.SENT)]


def test_somebody_without_mail_address_gets_the_text_message_at_once():
    write(email="")
    send_due(clock=Clock())
    assert states() == [(Channel.SMS, MessageState.SENT)]
    assert not outbox.outbox


def test_without_a_gateway_there_is_no_second_channel(settings):
    settings.SMS_GATEWAY = ""
    message = write()
    send_due(clock=Clock())
    record_report(bounce_of(message), now=NOW)
    assert states() == [(Channel.EMAIL, MessageState.BOUNCED)]


def test_phone_does_not_stand_in_the_row_in_plain():
    message = Message.objects.get(pk=write().pk)
    assert b"13800138000" not in bytes(message.second_address)


@pytest.mark.parametrize(("action", "state"), [("delayed", "sent"), ("relayed", "sent"), ("delivered", "delivered")])
def test_only_what_is_final_counts(action, state):
    message = write()
    send_due(clock=Clock())
    record_report(bounce_of(message, action=action), now=NOW)
    message.refresh_from_db()
    assert message.state == state


def test_delivered_mail_that_comes_back_late_has_come_back():
    message = write()
    send_due(clock=Clock())
    record_report(bounce_of(message, action="delivered"), now=NOW)
    record_report(bounce_of(message), now=NOW + timedelta(days=2))
    message.refresh_from_db()
    assert (message.state, message.reported_at) == (MessageState.BOUNCED, NOW + timedelta(days=2))
    record_report(bounce_of(message, action="delivered"), now=NOW + timedelta(days=3))


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"Subject: hello\n\nhow are you?", b"Content-Type: multipart/report\n\n"]
)
def test_what_is_no_report_changes_nothing(raw):
    write()
    send_due(clock=Clock())
    assert record_report(raw, now=NOW) == 0


def test_report_about_a_foreign_message_changes_nothing():
    message = write()
    send_due(clock=Clock())
    foreign = bounce_of(message).replace(str(message.pk).encode(), b"01890a5d-ac96-774b-bcce-b302099a8057")
    assert record_report(foreign, now=NOW) == 0


def test_message_still_waiting_cannot_have_come_back():
    assert not record_outcome(write().pk, MessageState.BOUNCED, now=NOW)


def report(client, body, *, secret=SECRET, content_type="message/rfc822"):
    return client.post("/mail/bounces/", body, content_type=content_type, headers={"Authorization": f"Bearer {secret}"})


def test_mail_server_reports_with_the_secret(client, settings):
    settings.MAIL_REPORTS_SECRET = SECRET
    message = write()
    send_due(clock=Clock())
    assert report(client, bounce_of(message)).json() == {"changed": 1}
    sms = Message.objects.get(channel=Channel.SMS)
    send_due(clock=present)
    told = {"message": str(sms.pk), "state": "delivered"}
    assert report(client, told, content_type="application/json").json() == {"changed": 1}
    sms.refresh_from_db()
    assert sms.state == MessageState.DELIVERED


@pytest.mark.parametrize("secret", ["", "wrong", "Bearer"])
def test_nobody_else_reports(client, settings, secret):
    settings.MAIL_REPORTS_SECRET = SECRET
    assert report(client, b"", secret=secret).status_code == 404


def test_without_a_secret_nobody_reports(client):
    assert report(client, b"", secret="").status_code == 404


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b'{"message": 1, "state": "delivered"}', b'{"message": "x", "state": ""}']
)
def test_report_that_cannot_be_read_is_refused_with_an_example(client, settings, body):
    settings.MAIL_REPORTS_SECRET = SECRET
    response = report(client, body, content_type="application/json")
    assert response.status_code == 400
    assert b"message" in response.content


def test_alias_of_the_mail_server_records_a_bounce(tmp_path):
    message = write()
    send_due(clock=Clock())
    file = tmp_path / "bounce.eml"
    file.write_bytes(bounce_of(message))
    call_command("record_bounce", file)
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED


def test_message_sent_again_has_the_same_words_and_its_own_fate():
    message = write()
    send_due(clock=Clock())
    record_report(bounce_of(message), now=NOW)
    again = send_again(message.pk, now=NOW)
    assert again.open_part("text") == message.open_part("text")
    assert again.repeats_id == message.pk
    send_due(clock=Clock())
    assert len(outbox.outbox) == 2


def test_reader_sees_what_was_sent_and_how_it_went():
    message = write()
    send_due(clock=Clock())
    record_report(bounce_of(message), now=NOW)
    sms, mail = deliveries_of_case(CASE)
    assert (mail.tone, mail.replaced, mail.address) == ("refused", True, "l***@example.org")
    assert (sms.tone, sms.replaced, sms.address) == ("info", False, "+86138****8000")
    assert mail.subject == sms.subject == f"入会申请 {CASE} 已撤回"


def test_demo_shows_text_messages_beside_mail(tmp_path):
    from apps.mail.selectors.demo import demo_mailbox

    FileGateway(str(tmp_path)).send(to=PHONE, text="【中注协】已收到您的入会申请", message_id="1", now=NOW)
    (note,) = demo_mailbox(tmp_path, to="13800138000")
    assert note.is_sms
    assert note.text.strip() == "【中注协】已收到您的入会申请"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("字" * 70, 1),
        ("字" * 71, 2),
        ("字" * 135, 3),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("𠮷" * 36, 2),
        ("[" * 81, 2),
    ],
)
def test_parts_are_counted_as_networks_count_them(text, parts):
    assert sms_parts(text) == parts
