"""What is told about an application, from the receipt to the certificate."""

from datetime import datetime

from django.utils.translation import override

from apps.accounts.selectors import user_by_id
from apps.applicants.selectors import (
    appeal_by_id,
    appeal_window,
    application_by_id,
    application_by_reference,
    confirmed_undo,
    open_correction,
)
from apps.applicants.services.telling import renew_late_request
from apps.associations.selectors import contact_for, national_body
from apps.core.clock import civil_date
from apps.members.selectors import get_membership, restored_with
from apps.notifications.services.sending import Reader, address_of, send_once, short, tell_applicant
from apps.people.selectors import get_person, user_ids_of_person
from apps.rules.selectors import get_reason


def tell_of_receipt(application_id, *, now: datetime) -> None:
    application = application_by_id(application_id)
    due = {
        "due": application.decide_by,
        "provisional": application.decide_by_provisional,
        "receipt": address_of("applicants:progress_receipt", application.reference),
    }
    tell_applicant(application, "receipt", due, now=now)


def tell_of_correction(application_id, *, now: datetime) -> None:
    """What must be corrected, and until when; the officer's words stand on the page, not in a mail."""
    renew_late_request(application_id, now=now)
    application = application_by_id(application_id)
    request = open_correction(application)
    if request is None:
        return  # answered or withdrawn before the mail was written
    fields = [item.get_field_display for item in request.items.all()]
    context = {
        "fields": fields,
        "due": request.answer_by,
        "page": address_of("applicants:answer", application.reference),
    }
    once = request.pk.hex if request.tellings == 1 else f"{request.pk.hex}:{request.tellings}"
    tell_applicant(application, "correction_requested", context, once=once, now=now)


def tell_of_refusal(application_id, *, now: datetime) -> None:
    application = application_by_id(application_id)
    if application.local_decided_at is None:
        return  # set aside before the mail was written
    window = appeal_window(application, today=civil_date(now))
    context = {
        "reason": get_reason(application.reason_code),
        "has_note": application.reason_note is not None,
        "national": contact_for(national_body()),
        "appeal_until": window.last_day if window else None,
        "letter": address_of("applicants:progress_letter", application.reference),
    }
    once = short(application.local_decided_at.isoformat())[:32] if application.appeals.exists() else ""
    tell_applicant(application, "refused", context, once=once, now=now)


def tell_of_message(application_id, message_id, *, now: datetime) -> None:
    """That an office has written: the words stand on the progress page, not in a mail."""
    application = application_by_id(application_id)
    tell_applicant(application, "case_message", {}, once=short(message_id), now=now)


def tell_of_appeal(appeal_id, *, now: datetime) -> None:
    appeal = appeal_by_id(appeal_id)
    _about(appeal, "appeal_received", now=now)


def tell_of_appeal_decided(appeal_id, *, now: datetime) -> None:
    """Told to the applicant; the association finds outcome and reasons on the case."""
    _about(appeal_by_id(appeal_id), "appeal_decided", now=now)


def _about(appeal, template: str, *, now: datetime) -> None:
    with override(appeal.application.language):
        contact = contact_for(national_body())
    context = {"appeal": appeal, "contact": contact}
    tell_applicant(appeal.application, template, context, once=short(appeal.pk), now=now)


def tell_of_undoing(application_id, *, now: datetime) -> None:
    """That the admission was undone, and why; the facts stand on the page, not in a mail."""
    application = application_by_id(application_id)
    undo = confirmed_undo(application)
    context = {
        "reason": get_reason(undo.reason_code),
        "document_number": undo.document_number,
        "national": contact_for(national_body()),
        "restored": restored_with(application.membership),
    }
    tell_applicant(application, "undone", context, once=undo.pk.hex, now=now)


def tell_of_end(application_id, *, how: str, now: datetime) -> None:
    tell_applicant(application_by_id(application_id), how, {}, now=now)


def tell_of_admission(membership_id, *, case: str, person_id, now: datetime) -> None:
    """The member number and where to sign in with it. Members who came by an import are not written to."""
    if not case:
        return
    membership = get_membership(membership_id)
    application = application_by_reference(case)
    if application is None:
        return  # a practising registration: it has words of its own
    context = {"membership": membership, "signin": address_of("accounts:signin")}
    tell_applicant(application, "admitted", context, now=now)


def tell_of_certificate(certificate_id, *, membership_id, case: str, person_id, now: datetime) -> None:
    """Where to fetch the certificate: to the applicant of the case, or else to the person's accounts."""
    membership = get_membership(membership_id)
    context = {"membership": membership, "page": address_of("dashboard:account")}
    if case and (application := application_by_reference(case)):
        tell_applicant(application, "certificate_issued", context, once=short(certificate_id), now=now)
        return
    key = get_person(person_id).data_key
    for user in filter(None, map(user_by_id, user_ids_of_person(person_id))):
        reader = Reader(user.email, user.language)
        once = f"{short(certificate_id)}:{user.pk}"
        send_once("certificate_issued", reader, context, case=membership.number, once=once, data_key=key, now=now)
