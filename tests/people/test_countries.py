import pytest
from django.utils import translation

from apps.people.selectors import country_choices, country_name


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("zh-hans", "USA", "美国"),
        ("zh-hans", "TWN", "中国台湾"),
        ("zh-hans", "HKG", "中国香港"),
        ("en", "GBR", "United Kingdom"),
        ("en", "MAC", "Macau, China"),
        ("en", "QQQ", "QQQ"),
    ],
)
def test_countries_are_named_in_the_readers_language(language, code, name):
    with translation.override(language):
        assert country_name(code) == name


def test_every_country_is_there_once_and_nothing_that_is_gone():
    codes = [code for code, _name in country_choices()]
    assert len(codes) == len(set(codes)) == 249
    assert not {"DDR", "SUN", "YUG", "XKK", "ZZZ"} & set(codes)
