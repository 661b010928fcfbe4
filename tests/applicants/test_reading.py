"""What an applicant reads in each state: where it stands, who acts next, what to do, which day. No office's words."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from apps.applicants.enums import State
from apps.mail.models import Message
from tests.factories.applicants import make_application
from tests.factories.candidates import NOW

pytestmark = pytest.mark.django_db

READINGS = {
    State.SUBMITTED: {
        "zh-hans": ("我们已收到并开始审查", "由浙江省注册会计师协会审查", "您现在无需操作", "2026年3月30日"),
        "en": ("We have received your application", "Zhejiang Institute", "nothing for you to do", "30 March 2026"),
    },
    State.CORRECTION_REQUESTED: {
        "zh-hans": ("请您补正", "等您补正", "前补正", "2026年4月1日"),
        "en": ("Please correct", "waits for your corrections", "Please correct it by 1 April 2026", "1 April 2026"),
    },
    State.AGREED: {
        "zh-hans": ("所属协会已同意", "由浙江省注册会计师协会把您的申请送交", "您现在无需操作", "2026年3月2日"),
        "en": ("Your association has agreed", "Zhejiang Institute", "nothing for you to do", "2 March 2026"),
    },
    State.SENT: {
        "zh-hans": ("中注协正在复核您的申请", "由中国注册会计师协会复核", "您现在无需操作", "2026年3月16日"),
        "en": ("CICPA is checking your application", "CICPA", "nothing for you to do", "16 March 2026"),
    },
    State.RETURNED: {
        "zh-hans": ("正在再次审查", "请浙江省注册会计师协会再核对", "您现在无需操作", "2026年3月30日"),
        "en": ("Being reviewed once more", "Zhejiang Institute", "nothing for you to do", "30 March 2026"),
    },
    State.CONFIRMED: {
        "zh-hans": ("您已成为会员", "电子会员证由系统制作", "请用会员编号登录", "2026年3月2日"),
        "en": ("You are a member", "The portal is making", "Sign in with your member number", "2 March 2026"),
    },
    State.REFUSED: {
        "zh-hans": ("没有准予登记", "浙江省注册会计师协会已经作出决定", "您可以怎样做", "2026年3月2日"),
        "en": ("Not admitted", "Zhejiang Institute", "What you can do", "2 March 2026"),
    },
    State.WITHDRAWN: {
        "zh-hans": ("您已撤回申请", "已经结束", "可以重新申请", "2026年3月2日"),
        "en": ("You have withdrawn", "ended", "apply again", "2 March 2026"),
    },
    State.EXPIRED: {
        "zh-hans": ("逾期没有补正", "已经结束", "可以重新申请", "2026年5月1日"),
        "en": ("Not corrected in time", "ended", "apply again", "1 May 2026"),
    },
}
"""State: title, who acts next, what the reader must do, the day."""

JARGON = re.compile("受理|初审|复审|终审|驳回|审批|报送|汇总表|经办|全国复核|待补正|批转|呈报")
"""Steps and papers of the office, which say nothing to somebody who has never worked in one. What is allowed and why:
审查 and 补正 are explained where they stand and have no shorter plain word; 不予登记 is the name of the decision in the
regulation, and the refused person needs it for an appeal; 批复文号 is how the announcement is found;
办结 hangs in every service hall."""
ENGLISH_JARGON = re.compile(r"\bbatch|\bre-check|preliminary|submittal|\bdossier|acceptance of", re.I)

READERS_TEMPLATES = [
    *("applicants/apply", "applicants/progress", "applicants/forms", "emails", "members", "content"),
    *("verification", "letters", "complaints", "movements"),
    *(f"dashboard/{name}.html" for name in ("home", "account", "standing", "privacy", "accessibility")),
]
SENTENCE = re.compile(r"[^。；？！\n<>{}\"]+")


@pytest.fixture(autouse=True)
def _on_a_working_day(time_machine):
    time_machine.move_to(NOW, tick=False)


def reading(case, language: str) -> str:
    browser = Client()
    browser.force_login(case.user)
    browser.cookies["language"] = language
    response = browser.get(reverse("applicants:progress_case", args=[case.reference]))
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", strip_tags("<main" + main))


def office_words(text: str) -> list[str]:
    """复核 alone leaves open who checks: its sentence has to name CICPA."""
    found = JARGON.findall(text)
    for sentence in SENTENCE.findall(text):
        if "复核" in sentence and not re.search("中国注册会计师协会|中注协", sentence):
            found.append(sentence.strip())
    return found


def test_every_state_that_an_applicant_can_see_is_read():
    assert set(READINGS) == set(State) - {State.DRAFT}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", READINGS)
def test_a_state_says_where_it_stands_who_acts_what_to_do_and_when(state, language):
    text = reading(make_application(state=state), language)
    assert [part for part in READINGS[state][language] if part not in text] == [], text


@pytest.mark.parametrize("state", READINGS)
def test_a_state_is_told_without_the_offices_words(state):
    case = make_application(state=state)
    assert office_words(reading(case, "zh-hans")) == []
    assert ENGLISH_JARGON.findall(reading(case, "en")) == []
    mails = [message.open_part("text") for message in Message.objects.all() if message.text]
    assert [found for mail in mails for found in office_words(mail)] == []


@pytest.mark.parametrize("place", READERS_TEMPLATES)
def test_pages_and_mails_for_readers_keep_the_offices_words_out(place):
    root = Path(settings.BASE_DIR, "templates", place)
    paths = [root] if root.suffix else sorted(path for path in root.rglob("*") if path.is_file())
    paths = [path for path in paths if path.parent.name != "office"]
    assert {path.name: found for path in paths if (found := office_words(path.read_text("utf-8")))} == {}
