"""What did not arrive by the first channel goes by the second one, once; an officer may have a message sent again."""

from datetime import datetime

from django.db import transaction

from apps.core.models import new_id
from apps.mail.enums import Channel
from apps.mail.models import Message
from apps.mail.selectors import address_index
from apps.mail.services.waking import wake_worker

OTHER = {Channel.EMAIL: Channel.SMS, Channel.SMS: Channel.EMAIL}


def go_by_second_channel(message: Message, *, now: datetime) -> Message | None:
    """In the transaction in which the first channel was given up. None where there is no second, or it went already."""
    if message.second_address is None or Message.objects.filter(follows=message).exists():
        return None
    words = {"address": message.open_part("second_address"), "text": message.open_part("second_text")}
    return _write(message, OTHER[message.channel], words, now=now, follows=message)


@transaction.atomic
def send_again(message_id, *, now: datetime) -> Message | None:
    """The same words to the same address as a new message: what became of the first one stays to be seen. None where
    the words were purged."""
    message = Message.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=message_id)
    if message.text is None:
        return None
    parts = ("address", "text", "html", "second_address", "second_text")
    words = {part: message.open_part(part) for part in parts if getattr(message, part) is not None}
    return _write(message, message.channel, words, now=now, repeats=message)


def _write(original: Message, channel: str, words: dict, *, now: datetime, **relation) -> Message:
    copy = Message(
        id=new_id(),
        channel=channel,
        template=original.template,
        language=original.language,
        purpose=original.purpose,
        case=original.case,
        data_key=original.data_key,
        address_index=address_index(words["address"]),
        created_at=now,
        due_at=now,
        **relation,
    )
    for part, value in {**words, "subject": original.open_part("subject")}.items():
        copy.seal_part(part, value)
    copy.save(force_insert=True)
    transaction.on_commit(wake_worker, robust=True)
    return copy
