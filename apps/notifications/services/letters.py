"""What is told about an English letter, to the member who asked for it."""

from datetime import datetime

from django.utils.translation import override

from apps.associations.selectors import contact_for, national_body
from apps.letters.enums import State
from apps.letters.selectors import letter_by_id
from apps.notifications.services.sending import Reader, address_of, send_once
from apps.rules.selectors import get_reason


def tell_of_request(letter_id, *, now: datetime) -> None:
    letter = letter_by_id(letter_id)
    due = {"due": letter.decide_by, "provisional": letter.decide_by_provisional}
    _tell(letter, "letter_requested", due, now=now)


def tell_of_check(letter_id, *, now: datetime) -> None:
    """That one officer has checked, and another decides. What is proposed is nobody's business before it is decided."""
    letter = letter_by_id(letter_id)
    if letter.state != State.PROPOSED:
        return  # decided, withdrawn or sent back before the mail was written
    once = f"{letter.proposed_at:%y%m%d%H%M%S}"
    _tell(letter, "letter_checked", {"due": letter.decide_by}, once=once, now=now)


def tell_of_letter(letter_id, *, now: datetime) -> None:
    letter = letter_by_id(letter_id)
    _tell(letter, "letter_issued", {"until": letter.valid_until}, is_urgent=True, now=now)


def tell_of_letter_refused(letter_id, *, now: datetime) -> None:
    letter = letter_by_id(letter_id)
    context = {"reason": get_reason(letter.reason_code), "has_note": letter.note is not None}
    _tell(letter, "letter_refused", context, now=now)


def tell_of_letter_end(letter_id, *, how: str, now: datetime) -> None:
    _tell(letter_by_id(letter_id), "letter_ended", {"how": how}, once=how, now=now)


def tell_of_reissue(letter_id, *, now: datetime) -> None:
    letter = letter_by_id(letter_id)
    before = letter.reissue_of.letter.reference
    _tell(letter, "letter_reissued", {"until": letter.valid_until, "before": before}, now=now)


def tell_to_ask_anew(letter_id, *, now: datetime) -> None:
    letter = letter_by_id(letter_id)
    _tell(letter, "letter_ask_anew", {"until": letter.valid_until}, now=now)


def _tell(letter, template: str, context: dict, *, once: str = "", is_urgent: bool = False, now: datetime) -> None:
    """Once for each letter and round, however often the event is delivered."""
    reader = Reader(letter.user.email, letter.language)
    with override(reader.language):
        contact = contact_for(national_body())
    context = {
        "reference": letter.reference,
        "association": contact.association,
        "contact": contact,
        "page": address_of("letters:letter", letter.reference),
        **context,
    }
    about = {"case": letter.reference, "once": once, "data_key": letter.data_key}
    send_once(template, reader, context, **about, is_urgent=is_urgent, now=now)
