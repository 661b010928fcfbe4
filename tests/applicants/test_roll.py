"""Matching against the roll of passers."""

from datetime import date

import pytest

from apps.applicants.enums import RollMatch
from apps.applicants.models import RollEntry
from apps.applicants.selectors.roll import compare_characters, match_roll
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


def test_the_name_alone_or_the_document_alone_is_nothing():
    passer = make_passer()
    assert match(passer, certificate_number="QZ990000000", name="别人")[0] == RollMatch.NONE
    assert match(passer, certificate_number="QZ990000000", identity_number=resident_id())[0] == RollMatch.NONE


def test_the_certificate_number_comes_before_the_person():
    first, second = make_passer(), make_passer(name="李娜")
    assert match(first, certificate_number=second.certificate_number)[1] == second.certificate_number


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
