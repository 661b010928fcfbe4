"""Matching against the roll of passers."""

from datetime import date

import pytest
from django.db import connection

from apps.applicants.enums import RollMatch
from apps.applicants.models import RollEntry
from apps.applicants.selectors.roll import _candidates, compare_characters, find_on_roll, match_roll
from apps.applicants.services.roll import Passer, keep_roll_entry
from apps.people.enums import IdentityType
from tests.factories.applicants import NOW, SYSTEM, make_passer
from tests.factories.people import resident_id

pytestmark = pytest.mark.django_db


def match(passer, **changes):
    asked = {
        "certificate_number": passer.certificate_number,
        "name": passer.name,
        "identity_type": passer.identity_type,
        "identity_number": passer.identity_number,
    }
    found, entry = match_roll(**asked | changes)
    return found, entry and entry.certificate_number


def test_all_three_are_exact_in_whatever_width_and_case():
    passer = make_passer(certificate_number="QZ243300077", name="阿卜杜拉·买买提")
    wide = match(passer, certificate_number="ｑｚ ２４３３０００７７", name="阿卜杜拉•买买提")
    assert wide == (RollMatch.EXACT, "QZ243300077")


def test_the_old_number_of_fifteen_digits_is_the_same_person():
    passer = make_passer(identity_number=resident_id(date(1980, 1, 1)))
    number = passer.identity_number
    assert match(passer, identity_number=number[:6] + number[8:17])[0] == RollMatch.EXACT


def test_part_of_it_is_near():
    passer = make_passer()
    assert match(passer, name="王晓明")[0] == RollMatch.NEAR
    assert match(passer, identity_number=resident_id())[0] == RollMatch.NEAR
    assert match(passer, certificate_number="QZ990000000") == (RollMatch.NEAR, passer.certificate_number)


def test_the_name_alone_is_nothing_the_document_alone_is_looked_at():
    passer = make_passer()
    assert match(passer, certificate_number="QZ990000000", name="别人")[0] == RollMatch.NEAR
    assert (
        match(passer, certificate_number="QZ990000000", identity_number=resident_id(date(1985, 5, 5)))[0]
        == RollMatch.NONE
    )


def test_everything_that_may_be_meant_is_listed_the_nearest_first():
    first = make_passer(certificate_number="QZ243300081", identity_number=resident_id(sequence=701))
    second = make_passer(certificate_number="QZ243300082", identity_number=resident_id(sequence=702))
    found = find_on_roll("QZ243300082", first.name, first.identity_type, first.identity_number)[1]
    assert [candidate.entry.certificate_number for candidate in found] == ["QZ243300081", "QZ243300082"]
    assert found[0].why == ("number_one_character",)
    assert second.name == first.name and found[1].why == ("identity_one_character",)


BORN = date(1990, 1, 1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "章小明"}, ("name_sound",)),
        ({"name": "張小明"}, ("name_variant",)),
        ({"name": "张小亮"}, ("name_one_character",)),
        ({"name": "张明小"}, ("name_transposed",)),
        ({"name": "欧阳娜娜"}, ("name_other",)),
        ({"identity_number": resident_id(BORN, sequence=120)}, ("identity_one_character",)),
        ({"identity_number": resident_id(BORN, sequence=213)}, ("identity_transposed",)),
        ({"identity_type": "passport", "identity_number": "E1234567"}, ("identity_other_document",)),
        ({"certificate_number": "QZ243300791"}, ("number_one_character",)),
        ({"certificate_number": "QY243300790"}, ("number_one_character",)),
        ({"certificate_number": "QZ243307090"}, ("number_transposed",)),
        ({"certificate_number": "QZ24330079"}, ("number_one_character",)),
        ({"certificate_number": "QZ243300791", "name": "章小明"}, ("number_one_character", "name_sound")),
        (
            {"identity_number": resident_id(BORN, sequence=120), "name": "章小明"},
            ("name_sound", "identity_one_character"),
        ),
        (
            {"certificate_number": "QZ243300791", "identity_number": resident_id(BORN, sequence=120), "name": "李四"},
            ("number_one_character", "name_other", "identity_one_character"),
        ),
    ],
)
def test_each_way_to_err_is_found_and_named(changes, why):
    make_passer(certificate_number="QZ243300790", name="张小明", identity_number=resident_id(BORN, sequence=123))
    asked = {
        "certificate_number": "QZ243300790",
        "name": "张小明",
        "identity_type": "resident_id",
        "identity_number": resident_id(BORN, sequence=123),
    }
    found, candidates = find_on_roll(**asked | changes)
    assert found == RollMatch.NEAR
    assert [candidate.why for candidate in candidates] == [why]
    assert all(candidates[0].sentences)


@pytest.mark.parametrize(
    "changes",
    [
        {"certificate_number": "QZ990000000", "identity_number": resident_id(date(1985, 5, 5), sequence=7)},
        {
            "certificate_number": "QZ243300791",
            "identity_number": resident_id(date(1985, 5, 5), sequence=7),
            "name": "李四",
        },
        {"certificate_number": "QZ990000000", "identity_number": resident_id(BORN, sequence=124), "name": "李四"},
    ],
)
def test_a_name_alone_or_a_neighbouring_number_alone_is_nobody(changes):
    make_passer(certificate_number="QZ243300790", name="张小明", identity_number=resident_id(BORN, sequence=123))
    asked = {"certificate_number": "QZ243300790", "name": "张小明", "identity_type": "resident_id"}
    assert find_on_roll(**asked | changes) == (RollMatch.NONE, [])


def test_the_same_question_is_asked_whatever_the_answer(django_assert_num_queries):
    passer = make_passer()
    for changes in ({}, {"name": "章小明"}, {"certificate_number": "QZ990000000", "identity_number": resident_id()}):
        with django_assert_num_queries(1):
            match(passer, **changes)


def test_the_question_is_answered_by_indexes_never_by_reading_the_roll_through():
    make_passer()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = _candidates("QZ243300001", "王小明", "resident_id", resident_id()).explain()
    assert "Seq Scan" not in plan


def test_the_same_line_twice_changes_nothing():
    passer = make_passer(certificate_number="QZ243300078")
    row = RollEntry.objects.values().get()
    assert keep_roll_entry(actor=SYSTEM, passer=passer, now=NOW.replace(month=5)).kind == "unchanged"
    assert RollEntry.objects.values().get() == row


def test_a_changed_line_is_reported_with_what_differs():
    passer = make_passer()
    changed = Passer(**vars(passer) | {"name": "王晓明", "province_code": "310000"})
    outcome = keep_roll_entry(actor=SYSTEM, passer=changed, now=NOW)
    assert (outcome.kind, outcome.differing) == ("updated", ("province_code", "name"))
    assert match(changed)[0] == RollMatch.EXACT
    assert match(passer)[0] == RollMatch.NEAR


@pytest.mark.parametrize(
    ("mine", "theirs", "marked"),
    [("王小明", "王晓明", (["小"], ["晓"])), ("QZ243300123", "QZ24330012", (["3"], [])), ("同", "同", ([], []))],
)
def test_differing_characters_are_marked_on_both_sides(mine, theirs, marked):
    left, right = compare_characters(mine, theirs)
    assert ([piece.text for piece in left if piece.differs], [piece.text for piece in right if piece.differs]) == marked
    assert "".join(piece.text for piece in left) == mine and "".join(piece.text for piece in right) == theirs


def test_other_documents_match_by_their_own_type():
    passer = make_passer(identity_type=IdentityType.HK_MACAU_PERMIT, identity_number="H12345678")
    assert match(passer)[0] == RollMatch.EXACT
    assert match(passer, identity_type=IdentityType.PASSPORT)[0] == RollMatch.NEAR
