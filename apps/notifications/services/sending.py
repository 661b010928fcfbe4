"""A message to somebody about a case: in the reader's language, with case, office and phone, and once."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override

from apps.associations.selectors import contact_for
from apps.core.models import DataKey
from apps.mail.selectors import messages_of_case
from apps.mail.services import send_message


@dataclass(frozen=True)
class Reader:
    """Where the message goes, and in which language it is read. `phone`, in E.164, is the second channel."""

    email: str
    language: str
    phone: str = ""


def tell_applicant(application, template: str, context: dict, *, once: str = "", now: datetime) -> None:
    """Write to the account that made the application; `context` says what this message has besides the usual."""
    reader = Reader(application.user.email, application.language, application.answers.get("phone", ""))
    with override(reader.language):
        contact = contact_for(application.association)
    context = {
        "reference": application.reference,
        "association": application.association,
        "contact": contact,
        "progress": address_of("applicants:progress_case", application.reference),
        **context,
    }
    key = application.data_key
    send_once(template, reader, context, case=application.reference, once=once, data_key=key, now=now)


@transaction.atomic
def send_once(
    template: str,
    reader: Reader,
    context: dict,
    *,
    case: str,
    once: str,
    data_key: DataKey | None,
    is_urgent: bool = False,
    now: datetime,
) -> None:
    """A case gets each message once, `once` telling its rounds apart, however often and by however many at a time the
    event is delivered."""
    purpose = f"{template}:{once}" if once else template
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notify {case} {purpose}"])
    if messages_of_case(case).filter(purpose=purpose).exists():
        return
    send_message(
        template=f"notifications/{template}",
        email=reader.email or "",
        phone=reader.phone,
        context=context,
        language=reader.language,
        purpose=purpose,
        case=case,
        data_key=data_key,
        is_urgent=is_urgent,
        now=now,
    )


def short(row_id) -> str:
    return str(row_id).replace("-", "")


def address_of(name: str, *args) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
