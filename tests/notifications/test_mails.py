"""Each event's mail: once, in the applicant's language, with case, office and phone."""

import pytest

from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.applicants.services.review import request_correction
from apps.applicants.services.withdrawal import withdraw_application
from apps.certificates import events as certificate_events
from apps.mail.models import Message
from apps.members import events as member_events
from apps.notifications import handlers, services
from apps.outbox.registry import handler_names
from tests.factories.applicants import applicant_of, make_application, reviewer
from tests.factories.candidates import NOW

pytestmark = pytest.mark.django_db


def payload(case) -> dict:
    return {"application_id": str(case.pk), "reference": case.reference}


def mails(purpose) -> list[Message]:
    return [m for m in Message.objects.order_by("created_at", "id") if m.purpose.split(":")[0] == purpose]


def the_mail(purpose, case) -> str:
    (message,) = mails(purpose)
    assert message.case == case.reference
    assert message.open_part("address") == case.user.email
    assert message.data_key_id == case.data_key_id
    text = message.open_part("subject") + "\n" + message.open_part("text")
    assert case.reference in text
    assert "010-" in text or case.association.phone in text
    return text


@pytest.mark.parametrize(
    ("event", "handler"),
    [
        ("application.submitted", handlers.send_receipt),
        ("application.correction_requested", handlers.ask_for_correction),
        ("application.refused", handlers.explain_refusal),
        ("application.withdrawn", handlers.confirm_withdrawal),
        ("application.expired", handlers.tell_of_expiry),
        (member_events.ADMITTED, handlers.welcome_member),
        (certificate_events.ISSUED, handlers.announce_certificate),
    ],
)
def test_handler_listens(event, handler):
    assert f"{handler.__module__}.{handler.__qualname__}" in handler_names(event)


def test_receipt_goes_out_once_however_often_the_event_comes():
    case = make_application()
    for _time in range(3):
        handlers.send_receipt(payload(case), now=NOW)
    text = the_mail("receipt", case)
    assert "2026年3月30日" in text
    assert f"/progress/{case.reference}/" in text


def test_mail_is_written_in_the_language_of_the_applicant():
    case = make_application()
    Application.objects.filter(pk=case.pk).update(language="en")
    handlers.send_receipt(payload(case), now=NOW)
    assert case.association.english_name in the_mail("receipt", case)


def test_every_round_of_correction_gets_its_mail_and_no_second_one():
    case = make_application(state=State.CORRECTION_REQUESTED)
    for _time in range(2):
        handlers.ask_for_correction(payload(case), now=NOW)
    text = the_mail("correction_requested", case)
    items = case.corrections.get().items.all()
    assert all(item.get_field_display() in text for item in items)
    assert not any(item.note in text for item in items), "the officer's words stand on the page alone"


def test_no_mail_asks_for_a_correction_that_is_over():
    case = make_application()
    request_correction(
        actor=reviewer(), application_id=case.pk, version=case.version, items=[("employer", "请写全称")], now=NOW
    )
    case.refresh_from_db()
    withdraw_application(actor=applicant_of(case), application_id=case.pk, version=case.version, now=NOW)
    handlers.ask_for_correction(payload(case), now=NOW)
    assert not mails("correction_requested")


def test_refusal_says_reason_clause_and_remedy():
    case = make_application(state=State.REFUSED)
    handlers.explain_refusal(payload(case), now=NOW)
    text = the_mail("refused", case)
    for part in ("理由：", "依据：", "申诉"):
        assert part in text


@pytest.mark.parametrize(
    ("state", "handler", "purpose"),
    [
        (State.WITHDRAWN, handlers.confirm_withdrawal, "withdrawn"),
        (State.EXPIRED, handlers.tell_of_expiry, "expired"),
    ],
)
def test_end_of_a_case_is_told(state, handler, purpose):
    case = make_application(state=state)
    handler(payload(case), now=NOW)
    assert "重新申请" in the_mail(purpose, case)


def admitted(case) -> dict:
    return {"membership_id": str(case.membership_id), "person_id": str(case.person_id), "case": case.reference}


def test_member_gets_number_and_the_address_to_sign_in():
    case = make_application(state=State.CONFIRMED)
    for _time in range(2):
        handlers.welcome_member(admitted(case), now=NOW)
    text = the_mail("admitted", case)
    assert case.membership.number in text
    assert "/signin/" in text


def test_members_of_an_import_are_not_written_to():
    case = make_application(state=State.CONFIRMED)
    handlers.welcome_member(admitted(case) | {"case": ""}, now=NOW)
    assert not mails("admitted")


def test_certificate_is_announced_once_each():
    case = make_application(state=State.CONFIRMED)
    first = admitted(case) | {"certificate_id": "0190a7de-0000-7000-8000-000000000001"}
    second = admitted(case) | {"certificate_id": "0190a7de-0000-7000-8000-000000000002"}
    for event in (first, first, second):
        handlers.announce_certificate(event, now=NOW)
    assert len(mails("certificate_issued")) == 2


def test_certificate_without_a_case_is_told_to_the_persons_accounts():
    case = make_application(state=State.CONFIRMED)
    event = admitted(case) | {"certificate_id": "0190a7de-0000-7000-8000-000000000003", "case": ""}
    for _time in range(2):
        handlers.announce_certificate(event, now=NOW)
    (message,) = mails("certificate_issued")
    assert message.open_part("address") == case.user.email
    assert case.membership.number in message.open_part("text")


def test_texts_have_no_markup_left_over():
    case = make_application(state=State.CONFIRMED)
    services.tell_of_receipt(case.pk, now=NOW)
    handlers.welcome_member(admitted(case), now=NOW)
    for message in Message.objects.all():
        assert "{" not in message.open_part("text")
        assert "&" not in message.open_part("subject")
