"""What the member asked for, as rows to be read."""

from django.utils.translation import gettext as _

from apps.letters.enums import Addressee, Purpose
from apps.people.enums import SpellingSource
from apps.people.selectors import country_name

TO_ANYBODY = "To whom it may concern"
HOME = "CHN"
CONSENT_VERSION = "2026-11"
"""Of the words in templates/letters/consent.html; a change of them is a new version."""


def answer_rows(answers: dict) -> list[dict]:
    """Nothing of a request that was withdrawn so long ago that its answers were erased."""
    if not answers:
        return []
    stated = [
        *([_("出生日期")] if answers["state_birth"] else []),
        *([_("任职的会计师事务所")] if answers["state_firm"] else []),
    ]
    return [
        {"label": _("收件单位"), "value": addressee_words(answers)},
        {"label": _("用途"), "value": answers["purpose_text"] or Purpose(answers["purpose"]).label},
        {"label": _("英文姓名"), "value": english_name(answers)},
        {"label": _("英文姓名的来源"), "value": SpellingSource(answers["spelling"]).label},
        {"label": _("另外写明"), "value": _("、").join(str(word) for word in stated) or _("无")},
        {"label": _("有效期"), "value": _("出具之日起 %(days)s 天") % {"days": answers["valid_days"]}},
    ]


def addressee_words(answers: dict) -> str:
    if answers["addressee_kind"] == Addressee.ANYBODY:
        return TO_ANYBODY
    return _("%(name)s，%(country)s") % {"name": answers["addressee"], "country": country_name(answers["country"])}


def english_name(answers: dict) -> str:
    return f"{answers['surname']} {answers['given']}".strip()


def goes_abroad(answers: dict) -> bool:
    """To a named body outside the mainland: then the transfer needs the member's separate consent."""
    return answers["addressee_kind"] == Addressee.NAMED and answers["country"] != HOME
