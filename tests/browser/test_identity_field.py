"""The number of an identity document: what to type follows the type, with scripts at once, without them as a list."""

import pytest
from django.contrib.auth import get_user_model

from apps.people.enums import IdentityType
from apps.people.selectors import NUMBER_HELPS
from tests.factories.candidates import candidate
from tests.support.accessibility import axe_findings
from tests.support.stage import open_empty_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCES = {help.choice: str(help.sentence) for help in NUMBER_HELPS}


@pytest.fixture
def page_of(visit, sign_in):
    """The identity page of somebody who has chosen a resident ID in the questions before."""

    def start(**looks):
        reader, actor = visit(width=360, **looks), candidate()
        open_empty_draft(actor)
        sign_in(reader, get_user_model().objects.get(pk=actor.user_id))
        reader.page.goto("/apply/identity/")
        return reader

    return start


def shown(page) -> dict:
    return {
        "hint": page.locator("#id_identity_number_helptext").inner_text(),
        "asked": [
            name for name in ("identity_country", "english_name", "birth_on_year", "sex") if _is_asked(page, name)
        ],
        "list": page.locator(".choice-helps").is_visible(),
    }


def _is_asked(page, name: str) -> bool:
    return page.locator(f"[name={name}]").first.is_visible()


def test_hint_keyboard_and_further_questions_follow_the_type(page_of):
    page = page_of().page
    assert shown(page) == {"hint": SENTENCES[IdentityType.RESIDENT_ID], "asked": [], "list": False}
    wanted = {
        IdentityType.PASSPORT: ["identity_country", "english_name", "birth_on_year", "sex"],
        IdentityType.TAIWAN_PERMIT: ["english_name", "birth_on_year", "sex"],
        IdentityType.RESIDENCE_PERMIT_HMT: ["english_name"],
        IdentityType.OTHER: ["identity_country", "birth_on_year", "sex"],
    }
    for type, asked in wanted.items():
        page.get_by_label("证件类型").select_option(type)
        assert shown(page) == {"hint": SENTENCES[type], "asked": asked, "list": False}
    page.get_by_label("证件类型").select_option(IdentityType.TAIWAN_PERMIT)
    assert page.locator("[name=identity_number]").get_attribute("inputmode") == "numeric"
    page.get_by_label("证件类型").select_option(IdentityType.PASSPORT)
    assert page.locator("[name=identity_number]").get_attribute("autocapitalize") == "characters"


def test_passport_is_filled_in_at_one_go(page_of):
    page = page_of().page
    page.get_by_label("姓名").fill("LIM WEI")
    page.get_by_label("证件类型").select_option("passport")
    page.get_by_label("证件号码").fill("E12345678")
    page.locator("[name=identity_country]").select_option("SGP")
    for part, text in (("year", "1990"), ("month", "5"), ("day", "3")):
        page.locator(f"[name=birth_on_{part}]").fill(text)
    page.locator("[name=sex]").first.check()
    page.get_by_role("button", name="保存并继续").click()
    assert page.url.endswith("/apply/certificate/")


def test_without_scripts_all_helps_can_be_read_and_the_server_asks_the_rest(page_of):
    page = page_of(scripts=False).page
    page.locator(".choice-helps summary").click()
    assert [text for text in SENTENCES.values() if text not in page.locator(".choice-helps").inner_text()] == []
    page.get_by_label("姓名").fill("LIM WEI")
    page.get_by_label("证件类型").select_option("passport")
    page.get_by_label("证件号码").fill("E12345678")
    page.get_by_role("button", name="保存并继续").click()
    assert page.locator("#id_identity_number_helptext").inner_text() == SENTENCES["passport"]
    assert shown(page)["asked"] == ["identity_country", "english_name", "birth_on_year", "sex"]
    assert page.get_by_label("证件号码").input_value() == "E12345678"


def test_fields_of_another_type_are_accessible(page_of):
    reader = page_of(language="en")
    reader.page.locator("[name=identity_type]").select_option("other")
    assert axe_findings(reader.page) == []
