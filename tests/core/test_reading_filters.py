from apps.core.templatetags.reading import in_fours, phone_numbers


def test_identifier_is_grouped_by_four():
    assert in_fours("3320261234").count('class="id-group"') == 3
    assert ">3320</span>" in in_fours("3320261234")


def test_identifier_is_escaped():
    assert "<b>" not in in_fours("<b>")


def test_nothing_gives_nothing():
    assert in_fours("") == ""


def test_each_phone_number_stands_alone():
    assert phone_numbers("010-88250337, 010-88250338") == ["010-88250337", "010-88250338"]
    assert phone_numbers("") == []
