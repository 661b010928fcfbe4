from apps.core.templatetags.reading import in_fours


def test_identifier_is_grouped_by_four():
    assert in_fours("3320261234").count('class="id-group"') == 3
    assert ">3320</span>" in in_fours("3320261234")


def test_identifier_is_escaped():
    assert "<b>" not in in_fours("<b>")


def test_nothing_gives_nothing():
    assert in_fours("") == ""
