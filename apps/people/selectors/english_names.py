"""How a Chinese name is written in Latin letters: a proposal by pinyin, which only its bearer can confirm.

Surnames are read by a table of their own (单 is Shan as a surname, Dan elsewhere), and only as surnames. Ü is YU after
L and N, as in LYU and NYU, but LUE and NUE (National Immigration Administration, 29 September 2021).
"""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError
from apps.people.models import EnglishName
from apps.people.selectors.names import MIDDLE_DOT, normalise_name

SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "区": "ou",
    "解": "xie",
    "曾": "zeng",
    "翟": "zhai",
    "查": "zha",
    "盖": "ge",
    "覃": "qin",
    "朴": "piao",
    "乐": "yue",
    "任": "ren",
    "华": "hua",
    "尹": "yin",
    "柏": "bai",
    "卜": "bu",
    "秘": "bi",
    "种": "chong",
    "晁": "chao",
    "炅": "gui",
    "繁": "po",
    "员": "yun",
    "召": "shao",
    "宓": "fu",
    "尉": "wei",
    "冼": "xian",
    "逄": "pang",
    "缪": "miao",
    "葛": "ge",
    "纪": "ji",
    "教": "jiao",
    "令": "ling",
    "隗": "wei",
    "郇": "xun",
    "幺": "yao",
    "黑": "he",
    "折": "she",
    "燕": "yan",
    "应": "ying",
    "相": "xiang",
    "车": "che",
    "都": "du",
    "过": "guo",
    "祭": "zhai",
    "钭": "tou",
    "适": "kuo",
    "能": "nai",
    "洗": "xian",
    "洪": "hong",
    "石": "shi",
    "万": "wan",
    "长": "chang",
    "大": "da",
    "便": "bian",
    "阚": "kan",
    "谌": "chen",
    "薄": "bo",
    "邵": "shao",
    "貟": "yun",
    "區": "ou",
    "單": "shan",
    "葉": "ye",
    "叶": "ye",
    "沈": "shen",
    "瞿": "qu",
    "斜": "xia",
    "那": "na",
    "谷": "gu",
    "仉": "zhang",
    "呙": "guo",
    "牟": "mou",
    "俞": "yu",
    "蔚": "wei",
    "乜": "nie",
    "褚": "chu",
    "郗": "xi",
    "贾": "jia",
    "強": "qiang",
    "强": "qiang",
    "行": "xing",
}
COMPOUND = {
    "欧阳": "ouyang",
    "司马": "sima",
    "上官": "shangguan",
    "诸葛": "zhuge",
    "司徒": "situ",
    "皇甫": "huangfu",
    "尉迟": "yuchi",
    "长孙": "zhangsun",
    "万俟": "moqi",
    "单于": "chanyu",
    "令狐": "linghu",
    "宇文": "yuwen",
    "慕容": "murong",
    "公孙": "gongsun",
    "夏侯": "xiahou",
    "东方": "dongfang",
    "独孤": "dugu",
    "南宫": "nangong",
    "端木": "duanmu",
    "澹台": "tantai",
    "淳于": "chunyu",
    "申屠": "shentu",
    "闻人": "wenren",
    "轩辕": "xuanyuan",
    "西门": "ximen",
    "东郭": "dongguo",
    "百里": "baili",
    "呼延": "huyan",
    "赫连": "helian",
    "钟离": "zhongli",
    "鲜于": "xianyu",
    "濮阳": "puyang",
    "公冶": "gongye",
    "太叔": "taishu",
    "仲孙": "zhongsun",
    "司空": "sikong",
    "司寇": "sikou",
    "子车": "ziju",
    "颛孙": "zhuansun",
    "宗政": "zongzheng",
    "巫马": "wuma",
    "漆雕": "qidiao",
    "歐陽": "ouyang",
    "司馬": "sima",
    "諸葛": "zhuge",
    "東方": "dongfang",
    "长鱼": "changyu",
    "第五": "diwu",
}
SEVERAL_READINGS = frozenset(
    "乐重行朝长单解曾盛晟茜娜莎藏降传调都乘澄奇参省乾柏车查朴区仇盖宿角率校露屏蔚员覃尉卜秘种缪薄翟仔贾褚莘颉谌"
    "郇祭会阿璟隗那扎卡莞番"
)
"""Characters of names that are read in more than one way, each with its own spelling."""
MOST_LETTERS = 60
SHAPE = re.compile(r"[A-Z](?:[A-Z .'’·-]*[A-Z.])?", re.IGNORECASE)


class EnglishNameRefused(PortalError):
    code = "english_name_refused"


@dataclass(frozen=True)
class LatinName:
    """`surname` may be empty: not everybody has one. `is_certain` is False where a character has several readings."""

    surname: str
    given: str
    is_certain: bool = True

    def __str__(self) -> str:
        return f"{self.surname} {self.given}".strip()


def propose_english_name(name: str) -> LatinName:
    """By the standard reading of each character; a name in Latin letters as it stands."""
    name = normalise_name(name)
    if not _is_chinese(name):
        return _as_it_stands(name)
    if MIDDLE_DOT in name:
        parts = [_spelled(part) for part in name.split(MIDDLE_DOT)]
        return LatinName("", MIDDLE_DOT.join(part.capitalize() for part in parts), not any(map(_is_doubtful, name)))
    length = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    family, given = name[:length], name[length:]
    surname = COMPOUND.get(family) or SURNAMES.get(family) or _spelled(family)
    is_certain = (family in COMPOUND or family in SURNAMES or not any(map(_is_doubtful, family))) and not any(
        map(_is_doubtful, given)
    )
    return LatinName(_without_dots(surname).upper(), _spelled(given).capitalize(), is_certain)


def read_english_name(surname: str, given: str) -> LatinName:
    """As the member types it: capitals for the surname, so that a reader abroad sees which it is.

    Raises EnglishNameRefused with a sentence for what no passport prints.
    """
    surname, given = _plain(surname).upper(), _plain(given)
    if not given:
        raise EnglishNameRefused(_("请填写名字的英文拼写，例如 Xiaoming。没有姓氏的，全部写在这里。"))
    for part in filter(None, (surname, given)):
        if len(part) > MOST_LETTERS or not SHAPE.fullmatch(part):
            raise EnglishNameRefused(
                _("英文姓名只用英文字母、空格、连字符和间隔号，例如 LYU Xiaoming、OUYANG Nan；ü 按护照写作 YU。")
            )
    return LatinName(surname, _with_capitals(given))


def english_name_of(person_id: UUID) -> EnglishName | None:
    """The spelling that the person has confirmed last."""
    return EnglishName.objects.filter(person_id=person_id, superseded_at=None).select_related("data_key").first()


def _is_chinese(name: str) -> bool:
    return any("⺀" <= character <= "\U0003fffd" for character in name)


def _as_it_stands(name: str) -> LatinName:
    """Nobody can see from outside which part is the surname, so none is called one."""
    return LatinName("", _plain(name), is_certain=False)


def _spelled(characters: str) -> str:
    """In small letters, an apostrophe before a vowel as in Xi'an; nothing for a character that has no reading."""
    text = ""
    for syllable in _readings(characters):
        text += ("'" if text and syllable[:1] in "aeo" else "") + _without_dots(syllable)
    return text


def _readings(characters: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # its dictionary is large: only who needs a spelling loads it

    return lazy_pinyin(characters, style=Style.NORMAL, v_to_u=True, errors=lambda unknown: [""] * len(unknown))


def _without_dots(syllable: str) -> str:
    return syllable.replace("üe", "ue").replace("ü", "yu")


def _is_doubtful(character: str) -> bool:
    """Whether it has no reading, or several that a given name may have: the tone does not count."""
    return character in SEVERAL_READINGS or (character != MIDDLE_DOT and _readings(character) == [""])


def _plain(text: str) -> str:
    """Half width, one space, no accents: passports print none. Ü is written out."""
    text = unicodedata.normalize("NFKC", text)
    text = text.replace("Ü", "YU").replace("ü", "yu").replace("’", "'")
    text = re.sub(r"[•‧・･⋅∙]", MIDDLE_DOT, text)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(bare.split())


def _with_capitals(given: str) -> str:
    if not (given.isupper() or given.islower()):
        return given
    return re.sub(r"(^|[ ·-])([a-z])", lambda start: start[1] + start[2].upper(), given.lower())
