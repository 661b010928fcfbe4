"""Every message to an applicant, as mail and as text message, in both languages: it names case, office and phone, is
short enough, and says nothing about the person that it need not say."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils.translation import override

from apps.associations.selectors import all_associations, contact_for
from apps.mail.selectors import sms_parts
from apps.mail.services.writing import write_sms, write_words
from apps.rules.selectors import forget_rules, reasons
from tests.factories.routes import set_rule

FOLDER = settings.BASE_DIR / "templates/emails/notifications"
TEMPLATES = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))
TEXTED = [template for template in TEMPLATES if (FOLDER / f"{template}.sms.txt").exists()]
TO_FIRMS = {"registration_admitted_firm", "registration_back", "registration_to_head"}
"""A firm's agents and heads have no phone here: they are written to by mail alone."""
OF_NO_CASE = {"draft_reminder", "draft_erased", "photo_declined"}
"""A draft has no reference yet; a photo belongs to a member, whose number stays out of messages."""
REFERENCE = "XJ-2026-7K4M-9Q"
PHONE = "0991-88250337, 0991-88250338"
LONGEST_SMS = 2
"""Parts of 67 Chinese characters: one would not hold case, day, office and phone of every association."""


def the_longest(attribute: str):
    return max(all_associations(), key=lambda association: len(getattr(association, attribute)))


@pytest.fixture
def context(db):
    """What handlers give to all templates together, with the longest names there are."""
    association = the_longest("english_short_name")
    association.phone = PHONE
    contact, day = contact_for(association), date(2026, 12, 28)
    page = f"https://members.example.org/progress/{REFERENCE}/"
    return {
        "reference": REFERENCE,
        "association": association,
        "contact": contact,
        "national": contact,
        "fields": [lambda: "照片"],
        "reason": reasons("refusal", on=day).first(),
        "appeal": SimpleNamespace(decide_by=day, state="set_aside"),
        "membership": SimpleNamespace(number="650000000001", admitted_on=day, document_number="会协〔2026〕12号"),
        **dict.fromkeys(("progress", "page", "letter", "receipt", "signin"), page),
        **dict.fromkeys(("due", "until", "last_on", "appeal_until", "ended_on", "day"), day),
        "has_note": True,
        "provisional": True,
    }


def words_of(template: str, context: dict, language: str) -> tuple[str, str]:
    words = write_words(f"notifications/{template}", context, language)
    return words.subject, words.text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_mail_names_case_office_and_phone(template, language, context):
    subject, text = words_of(template, context, language)
    assert subject.strip()
    assert len(subject) < 110
    assert template in OF_NO_CASE or REFERENCE in subject + text
    with override(language):
        assert context["association"].label in text
    assert PHONE.split(",")[0] in text


def test_every_message_to_a_person_has_its_second_channel():
    assert set(TEMPLATES) - set(TEXTED) == TO_FIRMS


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("template", TEXTED)
def test_text_message_names_case_office_and_phone_in_two_parts(template, language, context):
    text = write_sms(f"notifications/{template}", context, language)
    assert sms_parts(text) <= LONGEST_SMS, f"{len(text)}: {text}"
    assert text.startswith("【中注协】" if language == "zh-hans" else "[CICPA]")
    assert template in OF_NO_CASE or REFERENCE in text
    with override(language):
        assert context["association"].short_label in text
    assert PHONE.split(",")[0] in text
    assert "650000000001" not in text, "a phone lies open on a table"


@pytest.mark.parametrize("template", TEMPLATES)
def test_english_has_no_chinese_words_left(template, context):
    subject, text = words_of(template, context | {"fields": [lambda: "Photo"]}, "en")
    for line in (subject, *text.splitlines()):
        assert not any("\u4e00" <= character <= "\u9fff" for character in line.replace("会协〔2026〕12号", "")), line


@pytest.mark.parametrize(
    ("template", "key"),
    [
        ("receipt", "application.local_days"),
        ("registration_accepted", "practising.decide_days"),
        ("registration_extended", "practising.extension_days"),
    ],
)
def test_days_in_a_mail_are_those_of_the_rule(template, key, context, request):
    set_rule(key, 7)
    request.addfinalizer(forget_rules)
    assert "7 个工作日" in words_of(template, context, "zh-hans")[1]
    assert "7 working days" in words_of(template, context, "en")[1]
