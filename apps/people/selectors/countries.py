"""Countries and regions by their ISO 3166-1 alpha-3 code, in the reader's language."""

from functools import cache

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language

_GONE = {"ANT", "BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
_NEVER_ISO = {"AAA", "ASC", "CPT", "DGA", "QUU", "TAA", "XAA", "XBB", "XKK", "ZZZ"}
_OWN_WORDS = {
    "zh": {"HKG": "中国香港", "MAC": "中国澳门", "TWN": "中国台湾"},
    "en": {"HKG": "Hong Kong, China", "MAC": "Macau, China", "TWN": "Taiwan, China"},
}


def country_choices() -> list[tuple[str, str]]:
    """(code, name) of every country and region, sorted for the reader."""
    return list(_names(_language()).items())


def country_name(code: str) -> str:
    """The name of a country, or the code itself where it is unknown."""
    return _names(_language()).get(code, code)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse("en" if language == "en" else "zh_Hans").territories
    names = {
        code: territories[two_letters]
        for code, (two_letters, *others) in get_global("territory_aliases").items()
        if _is_country(code) and not others and two_letters in territories
    } | _OWN_WORDS[language]
    # Chinese names have no order in code points that a reader knows: the codes are spelled like the English names.
    return dict(sorted(names.items(), key=(lambda item: item[1]) if language == "en" else (lambda item: item[0])))


def _is_country(code: str) -> bool:
    return len(code) == 3 and code.isalpha() and code not in _GONE | _NEVER_ISO
