"""The date of a certificate, filled in for whoever leaves it empty and has all the rest as the roll has it."""

from django.core.cache import cache

from apps.applicants.enums import Field, RollMatch
from apps.applicants.models import Application
from apps.applicants.selectors.roll import match_roll, normalise_certificate_number

QUESTIONS_A_DAY = 5
DAY = 24 * 60 * 60


def day_on_roll(draft: Application, certificate_number: str) -> str | None:
    """The roll's date as ISO text, where number, name and document agree wholly; None for everything else.

    An answer confirms what was typed, so the roll answers for one certificate only a few times a day, whoever asks:
    the last digits of an identity number cannot be found by trying. The way to apply is the same without it.
    """
    number = normalise_certificate_number(certificate_number)
    if not number or not may_still_ask(number):
        return None
    who = (draft.answers.get(name, "") for name in (Field.NAME, Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER))
    match, entry = match_roll(number, *who)
    return entry.certificate_on.isoformat() if match == RollMatch.EXACT else None


def may_still_ask(number: str) -> bool:
    key = f"applicants.roll_asked:{number[:30]}"
    cache.add(key, 0, DAY)
    try:
        return cache.incr(key) <= QUESTIONS_A_DAY
    except ValueError:  # it ran out between the two lines
        return True
