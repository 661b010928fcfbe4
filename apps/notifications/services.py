"""Who is told what, in which words. Every mail names the case, the office and a phone, and goes out once."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.selectors import user_by_id
from apps.applicants.selectors import application_by_id, application_by_reference, open_correction
from apps.associations.selectors import contact_for, national_body
from apps.core.models import DataKey
from apps.mail.selectors import messages_of_case
from apps.mail.services import send_mail
from apps.members.selectors import get_membership
from apps.people.selectors import get_person, user_ids_of_person
from apps.rules.selectors import get_reason


@dataclass(frozen=True)
class Reader:
    """Where the mail goes, and in which language it is read."""

    address: str
    language: str


def tell_of_receipt(application_id, *, now: datetime) -> None:
    application = application_by_id(application_id)
    due = {"due": application.decide_by, "provisional": application.decide_by_provisional}
    _tell_applicant(application, "receipt", due, now=now)


def tell_of_correction(application_id, *, now: datetime) -> None:
    """What must be corrected, and until when; the officer's words stand on the page, not in a mail."""
    application = application_by_id(application_id)
    request = open_correction(application)
    if request is None:
        return  # answered or withdrawn before the mail was written
    fields = [item.get_field_display for item in request.items.all()]
    context = {"fields": fields, "due": request.answer_by, "page": _address("applicants:answer", application.reference)}
    _tell_applicant(application, "correction_requested", context, once=request.pk.hex, now=now)


def tell_of_refusal(application_id, *, now: datetime) -> None:
    application = application_by_id(application_id)
    context = {
        "reason": get_reason(application.reason_code),
        "has_note": application.reason_note is not None,
        "national": contact_for(national_body()),
    }
    _tell_applicant(application, "refused", context, now=now)


def tell_of_end(application_id, *, how: str, now: datetime) -> None:
    _tell_applicant(application_by_id(application_id), how, {}, now=now)


def tell_of_admission(membership_id, *, case: str, person_id, now: datetime) -> None:
    """The member number and where to sign in with it. Members who came by an import are not written to."""
    if not case:
        return
    membership = get_membership(membership_id)
    application = application_by_reference(case)
    context = {"membership": membership, "signin": _address("accounts:signin")}
    _tell_applicant(application, "admitted", context, now=now)


def tell_of_certificate(certificate_id, *, membership_id, case: str, person_id, now: datetime) -> None:
    """Where to fetch the certificate: to the applicant of the case, or else to the person's accounts."""
    membership = get_membership(membership_id)
    context = {"membership": membership, "page": _address("dashboard:account")}
    if case and (application := application_by_reference(case)):
        _tell_applicant(application, "certificate_issued", context, once=_short(certificate_id), now=now)
        return
    key = get_person(person_id).data_key
    for user in filter(None, map(user_by_id, user_ids_of_person(person_id))):
        reader = Reader(user.email, user.language)
        once = f"{_short(certificate_id)}:{user.pk}"
        _send_once("certificate_issued", reader, context, case=membership.number, once=once, data_key=key, now=now)


def _tell_applicant(application, template: str, context: dict, *, once: str = "", now: datetime) -> None:
    reader = Reader(application.user.email, application.language)
    with override(reader.language):
        contact = contact_for(application.association)
    context = {
        "reference": application.reference,
        "association": application.association,
        "contact": contact,
        "progress": _address("applicants:progress_case", application.reference),
        **context,
    }
    key = application.data_key
    _send_once(template, reader, context, case=application.reference, once=once, data_key=key, now=now)


@transaction.atomic
def _send_once(
    template: str, reader: Reader, context: dict, *, case: str, once: str, data_key: DataKey, now: datetime
) -> None:
    """A case gets each mail once, `once` telling its rounds apart, however often and by however many at a time the
    event is delivered."""
    purpose = f"{template}:{once}" if once else template
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notify {case} {purpose}"])
    if messages_of_case(case).filter(purpose=purpose).exists():
        return
    send_mail(
        template=f"notifications/{template}",
        to=reader.address,
        context=context,
        language=reader.language,
        purpose=purpose,
        case=case,
        data_key=data_key,
        now=now,
    )


def _short(row_id) -> str:
    return str(row_id).replace("-", "")


def _address(name: str, *args) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
