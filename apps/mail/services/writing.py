"""A mail is written as a row, in the caller's transaction, with the words that it will have."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.module_loading import import_string
from django.utils.translation import override

from apps.core import clock
from apps.core.models import DataKey, new_id
from apps.mail.enums import MessageState
from apps.mail.models import Message
from apps.mail.selectors import address_index
from apps.mail.services.delivery import send_due as deliver_due

logger = logging.getLogger(__name__)

SENT_HERE_AT_MOST = 3
"""Of the oldest waiting mails, while the broker is gone: the visitor waits for them."""


def send_mail(
    *,
    template: str,
    to: str,
    context: dict,
    language: str,
    purpose: str,
    now: datetime,
    case: str = "",
    data_key: DataKey | None = None,
    is_secret: bool = False,
    is_deliverable: bool = True,
) -> Message:
    """Write a mail from templates/emails/<template>.{subject.txt,txt,html}; a worker sends it after the commit.

    The .html is optional: without it the plain words are set as HTML. Every mail gets the frame with portal
    address and contact phone. `is_secret` has the words purged once the mail has gone. Without `is_deliverable`
    the same work is done for nothing: an address that belongs to nobody, whose absence must not show.
    """
    message = Message(
        id=new_id(),
        template=template,
        language=language,
        purpose=purpose,
        case=case,
        data_key=data_key,
        address_index=address_index(to),
        is_secret=is_secret,
        created_at=now,
        due_at=now,
    )
    words = write_words(template, context, language)
    for part, value in (("address", to), ("subject", words.subject), ("text", words.text), ("html", words.html)):
        message.seal_part(part, value)
    if not is_deliverable:
        _give_up(message, now=now)
    message.save(force_insert=True)
    transaction.on_commit(_wake_worker, robust=True)
    return message


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


def _plain(name: str, context: dict) -> str:
    """Plain text knows no HTML escapes: a name with & stays as it is."""
    return get_template(name).template.render(Context(context, autoescape=False))


def _html(name: str, context: dict) -> str:
    try:
        template = get_template(name)
    except TemplateDoesNotExist:
        template = get_template("emails/base.html")
    return template.render(context)


def _wake_worker() -> None:
    """If the broker is gone, no worker hears of the message and no sweep runs: send it here, so that codes arrive."""
    from apps.mail.tasks import send_due

    try:
        send_due.delay()
    except Exception:
        logger.warning("the broker does not answer; sending at once", exc_info=True)
        _send_here()


def _send_here() -> None:
    try:
        deliver_due(clock=clock.now, limit=SENT_HERE_AT_MOST)
    except Exception:
        logger.warning("not sent at once; the sweep will send", exc_info=True)
