import pytest

from apps.people.selectors import NameRefused, mask_name, name_index, normalise_name, read_name

RARE = ["𠮷野家", "𡋾", "𤩽", "𪚥", "㐂", "𫠝", "𬌗", "𬺰", "𮧀", "𰻝", "𱍐", "䶮"]


@pytest.mark.parametrize("dot", list("•‧・･⋅∙．·."))
def test_every_shape_of_the_middle_dot_becomes_one(dot):
    assert read_name(f"阿卜杜拉{dot}买买提") == "阿卜杜拉·买买提"
    assert read_name(f"阿卜杜拉 {dot} 买买提") == "阿卜杜拉·买买提"


def test_full_stop_in_a_latin_name_stays():
    assert read_name("Ｊ． Smith") == "J. Smith"


@pytest.mark.parametrize("name", RARE)
def test_rare_characters_are_kept_as_they_are(name):
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" 王　小 明 ", "王小明"), ("ＭＡＲＹ　Ｓｍｉｔｈ", "MARY Smith"), ("O'Brien-Lee", "O'Brien-Lee"), ("王", "王")],
)
def test_spaces_and_width_are_normalised_silently(typed, kept):
    assert normalise_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请填写"),
        (" 　", "请填写"),
        ("王" * 51, "51"),
        ("王1明", "1"),
        ("王\x00明", "□"),
        ("<b>王", "<"),
        ("王😀", "😀"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_an_example(typed, says):
    with pytest.raises(NameRefused) as refusal:
        read_name(typed)
    assert says in str(refusal.value)


def test_length_counts_code_points_not_bytes():
    assert len(read_name("𠮷" * 50)) == 50


def test_index_ignores_case_width_spaces_and_dots_but_not_variant_characters():
    assert name_index("Mary  smith") == name_index("ＭＡＲＹ ＳＭＩＴＨ")
    assert name_index("阿卜杜拉.买买提") == name_index("阿卜杜拉・买买提")
    assert name_index("吉") != name_index("𠮷")


@pytest.mark.parametrize(
    ("name", "masked"), [("王明", "王*"), ("王小明", "王**"), ("阿卜杜拉·买买提", "阿***"), ("𠮷", "𠮷*")]
)
def test_masked_name_shows_the_first_character_only(name, masked):
    assert mask_name(name) == masked


def test_english_name_of_sixty_letters_is_taken_and_a_chinese_one_is_not():
    assert read_name("Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Alexanders")
    for too_long in ("王" * 51, "A" * 101, "A" * 59 + "王"):
        with pytest.raises(NameRefused):
            read_name(too_long)
