"""A message is written as a row, in the caller's transaction, with the words that it will have."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.module_loading import import_string
from django.utils.translation import override

from apps.core.models import DataKey, new_id
from apps.mail.enums import Channel, MessageState
from apps.mail.models import Message
from apps.mail.selectors import address_index
from apps.mail.services.sms import has_gateway
from apps.mail.services.waking import wake_worker

GLUED_ADDRESS = re.compile(r"(?<=[^\s\"'(<])(?=https?://)")
"""An address right behind a Chinese colon is not seen as one, and so would be no link."""
PLAIN_SIGNS = str.maketrans("“”‘’–—…", "\"\"''--.")
"""One curly quote would turn 160 characters of a text message into 70."""


def send_mail(*, to: str, **message) -> Message:
    """`send_message` to a mail address alone, without a second channel: codes, invitations."""
    return send_message(email=to, **message)


def send_message(
    *,
    template: str,
    context: dict,
    language: str,
    purpose: str,
    now: datetime,
    email: str = "",
    phone: str = "",
    case: str = "",
    data_key: DataKey | None = None,
    is_secret: bool = False,
    is_urgent: bool = False,
    is_deliverable: bool = True,
) -> Message:
    """Write a message; a worker sends it after the commit. It goes by mail, and by text message if it comes back.

    The words: templates/emails/<template>.{subject.txt,txt}, with the frame of address and phone, perhaps .html; the
    text message <template>.sms.txt, for which `phone` is in E.164. Without a mail address the text message is the
    first and only one. `is_secret` has the words purged once they have gone, and allows no second channel; such a
    message is urgent, as is one with `is_urgent`: it waits behind no other. Without `is_deliverable` the same work is
    done for nothing: an address that belongs to nobody, whose absence must not show.
    """
    message = Message(
        id=new_id(),
        channel=Channel.EMAIL if email or not phone else Channel.SMS,
        template=template,
        language=language,
        purpose=purpose,
        case=case,
        data_key=data_key,
        address_index=address_index(email or phone),
        is_secret=is_secret,
        is_urgent=is_urgent or is_secret,
        created_at=now,
        due_at=now,
    )
    _seal_words(message, email or phone, context)
    if email and phone and not is_secret and has_gateway():
        _seal_second(message, phone, context)
    if not is_deliverable:
        _give_up(message, now=now)
    return _put_in_line(message)


def _put_in_line(message: Message) -> Message:
    message.save(force_insert=True)
    transaction.on_commit(partial(wake_worker, urgent=message.is_urgent), robust=True)
    return message


def _seal_words(message: Message, address: str, context: dict) -> None:
    words = write_words(message.template, context, message.language)
    text = words.text if message.channel == Channel.EMAIL else write_sms(message.template, context, message.language)
    parts = {"address": address, "subject": words.subject, "text": text}
    if message.channel == Channel.EMAIL:
        parts["html"] = words.html
    for part, value in parts.items():
        message.seal_part(part, value)


def _seal_second(message: Message, phone: str, context: dict) -> None:
    message.seal_part("second_address", phone)
    message.seal_part("second_text", write_sms(message.template, context, message.language))


def _give_up(message: Message, *, now: datetime) -> None:
    message.state, message.last_error, message.purged_at = MessageState.FAILED, "undeliverable", now
    message.subject = message.text = message.html = None


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def write_words(template: str, context: dict, language: str) -> Words:
    """Render a mail in `language`, framed."""
    with override(language):
        context = {**import_string(settings.MAIL_CONTEXT)(), **context, "language": language}
        subject = " ".join(_plain(f"emails/{template}.subject.txt", context).split())
        body = _plain(f"emails/{template}.txt", context).strip()
        text = _plain("emails/base.txt", {**context, "body": body})
        html = _html(f"emails/{template}.html", {**context, "subject": subject, "body": body})
    return Words(subject, text, html)


def write_sms(template: str, context: dict, language: str) -> str:
    """Render the text message: one line, with the sender's name in front, as the networks ask."""
    with override(language):
        context = {**import_string(settings.MAIL_CONTEXT)(), **context, "language": language}
        body = " ".join(_plain(f"emails/{template}.sms.txt", context).split())
        text = " ".join(_plain("emails/base.sms.txt", {**context, "body": body}).split())
    return text if language.startswith("zh") else text.translate(PLAIN_SIGNS)


def _plain(name: str, context: dict) -> str:
    """Plain text knows no HTML escapes: a name with & stays as it is."""
    return get_template(name).template.render(Context(context, autoescape=False))


def _html(name: str, context: dict) -> str:
    try:
        template = get_template(name)
    except TemplateDoesNotExist:
        template = get_template("emails/base.html")
    if "body" in context:
        context = context | {"body": GLUED_ADDRESS.sub(" ", context["body"])}
    return template.render(context)
