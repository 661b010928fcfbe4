"""Names in Latin letters: the published spellings, the table of surnames, and what a member may type."""

from datetime import UTC, datetime

import pytest
from django.db import InternalError, transaction

from apps.core.actor import Actor
from apps.people.enums import SpellingSource
from apps.people.models import EnglishName
from apps.people.selectors import EnglishNameRefused, english_name_of, propose_english_name, read_english_name
from apps.people.services import confirm_english_name
from tests.factories.people import make_person

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SPELLED = {
    "王小明": ("WANG", "Xiaoming"),
    "吕布": ("LYU", "Bu"),
    "吕律": ("LYU", "Lyu"),
    "女青": ("NYU", "Qing"),
    "王略": ("WANG", "Lue"),
    "李虐": ("LI", "Nue"),
    "单雄信": ("SHAN", "Xiongxin"),
    "仇英": ("QIU", "Ying"),
    "区大相": ("OU", "Daxiang"),
    "解缙": ("XIE", "Jin"),
    "曾国藩": ("ZENG", "Guofan"),
    "翟志刚": ("ZHAI", "Zhigang"),
    "查良镛": ("ZHA", "Liangyong"),
    "盖叫天": ("GE", "Jiaotian"),
    "覃辉": ("QIN", "Hui"),
    "朴树": ("PIAO", "Shu"),
    "乐嘉": ("YUE", "Jia"),
    "任远": ("REN", "Yuan"),
    "尉迟恭": ("YUCHI", "Gong"),
    "欧阳修": ("OUYANG", "Xiu"),
    "长孙无忌": ("ZHANGSUN", "Wuji"),
    "万俟洛": ("MOQI", "Luo"),
    "诸葛亮": ("ZHUGE", "Liang"),
    "欧阳": ("OU", "Yang"),
    "李西安": ("LI", "Xi'an"),
    "王查": ("WANG", "Cha"),
    "李单": ("LI", "Dan"),
    "阿依古丽·艾则孜": ("", "Ayiguli·Aizezi"),
    "Mary Smith": ("", "Mary Smith"),
}


@pytest.mark.parametrize(("name", "spelled"), SPELLED.items(), ids=SPELLED)
def test_name_is_spelled_as_a_passport_would(name, spelled):
    proposed = propose_english_name(name)
    assert (proposed.surname, proposed.given) == spelled


def test_surname_table_is_for_surnames_only():
    assert propose_english_name("单单").given == "Dan"


@pytest.mark.parametrize(
    ("name", "certain"), [("王小明", True), ("单雄信", True), ("王乐", False), ("Mary Smith", False)]
)
def test_reading_that_nobody_can_be_sure_of_is_called_so(name, certain):
    assert propose_english_name(name).is_certain is certain


def test_character_without_a_reading_is_left_to_its_bearer():
    assert propose_english_name("王\ue000").given == ""
    assert not propose_english_name("王\ue000").is_certain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("lyu", "xiao ming"), "LYU Xiao Ming"),
        (("LÜ", "MING"), "LYU Ming"),
        (("ＯＵＹＡＮＧ", "Nan"), "OUYANG Nan"),
        (("", "ayiguli•aizezi"), "Ayiguli·Aizezi"),
        (("O'Brien", "Anne-Marie"), "O'BRIEN Anne-Marie"),
        (("MÜLLER", "José"), "MYULLER Jose"),
        (("", "MARY J. SMITH"), "Mary J. Smith"),
    ],
)
def test_typed_name_is_kept_as_passports_print(typed, kept):
    assert str(read_english_name(*typed)) == kept


@pytest.mark.parametrize(
    "typed", [("WANG", ""), ("王", "Xiaoming"), ("WANG", "<b>"), ("W" * 61, "A"), ("WANG", "1"), ("-", "A")]
)
def test_what_no_passport_prints_is_refused(typed):
    with pytest.raises(EnglishNameRefused):
        read_english_name(*typed)


@pytest.mark.django_db
def test_confirmed_name_stays_with_the_person_and_another_spelling_takes_its_place():
    person, actor = make_person("吕布"), Actor.system("test")
    given = {"actor": actor, "person_id": person.pk, "now": NOW}
    first = confirm_english_name(surname="LV", given="Bu", source=SpellingSource.PASSPORT, **given)
    assert confirm_english_name(surname="lv", given="BU", source=SpellingSource.PASSPORT, **given) == first
    confirm_english_name(surname="LYU", given="Bu", source=SpellingSource.PINYIN, **given)
    assert str(english_name_of(person.pk)) == "LYU Bu"
    assert EnglishName.objects.count() == 2
    with pytest.raises(InternalError), transaction.atomic():
        EnglishName.objects.update(source=SpellingSource.PASSPORT)
