from datetime import date

import pytest

from apps.people.enums import IdentityType as Type
from apps.people.enums import Sex
from apps.people.selectors import (
    IdentityNumberRefused,
    identity_index,
    is_overseas,
    normalise_identity_number,
    read_identity_number,
)
from tests.factories.people import resident_id

TODAY = date(2026, 11, 25)


def read(type, number, **options):
    return read_identity_number(type, number, today=TODAY, **options)


@pytest.mark.parametrize(
    ("type", "number", "birth_on", "sex"),
    [
        (Type.RESIDENT_ID, "11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        (Type.RESIDENT_ID, "440524188001010014", date(1880, 1, 1), Sex.MALE),
        (Type.RESIDENCE_PERMIT_HMT, "810000199001010019", date(1990, 1, 1), Sex.MALE),
        (Type.RESIDENCE_PERMIT_HMT, "820000199001010010", date(1990, 1, 1), Sex.MALE),
        (Type.RESIDENCE_PERMIT_HMT, "830000199001010012", date(1990, 1, 1), Sex.MALE),
        (Type.FOREIGN_PR, "910112198501010015", date(1985, 1, 1), None),
        (Type.FOREIGN_PR, "USA110019850101", None, None),
        (Type.HK_MACAU_PERMIT, "H12345678", None, None),
        (Type.HK_MACAU_PERMIT, "M1234567801", None, None),
        (Type.TAIWAN_PERMIT, "12345678", None, None),
        (Type.TAIWAN_PERMIT, "1234567890B", None, None),
        (Type.PASSPORT, "E12345678", None, None),
        (Type.OTHER, "军字第1234567号", None, None),
    ],
)
def test_every_type_is_read_when_it_is_well_formed(type, number, birth_on, sex):
    reading = read(type, number)
    assert (reading.number, reading.birth_on, reading.sex, reading.warnings) == (number, birth_on, sex, ())


@pytest.mark.parametrize(
    ("type", "number", "says"),
    [
        (Type.RESIDENT_ID, "110105194912310023", "最后一位"),
        (Type.RESIDENT_ID, "110105194913310023", "出生日期"),
        (Type.RESIDENT_ID, "110105202302290021", "出生日期"),
        (Type.RESIDENT_ID, resident_id(date(2026, 11, 26), 1), "今天之后"),
        (Type.RESIDENT_ID, "1101051949123100", "18 位"),
        (Type.RESIDENT_ID, "", "18 位"),
        (Type.RESIDENT_ID, "1.10105E+17", "18 位"),
        (Type.RESIDENT_ID, "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "18 位"),
        (Type.RESIDENT_ID, "110105491231002", "15 位"),
        (Type.RESIDENT_ID, "810000199001010019", "港澳台居民居住证"),
        (Type.RESIDENT_ID, "910112198501010015", "外国人永久居留"),
        (Type.RESIDENCE_PERMIT_HMT, "11010519491231002X", "810000"),
        (Type.RESIDENCE_PERMIT_HMT, "810000199001010018", "最后一位"),
        (Type.HK_MACAU_PERMIT, "A12345678", "H 或 M"),
        (Type.HK_MACAU_PERMIT, "H123456789", "H 或 M"),
        (Type.TAIWAN_PERMIT, "1234567", "8 位"),
        (Type.FOREIGN_PR, "910112198501010016", "最后一位"),
        (Type.FOREIGN_PR, "US1110019850101", "3 个字母"),
        (Type.PASSPORT, "E123", "5 至 20"),
        (Type.OTHER, "1", "3 至 40"),
    ],
)
def test_number_that_cannot_be_one_is_refused_with_the_way_to_mend_it(type, number, says):
    with pytest.raises(IdentityNumberRefused) as refusal:
        read(type, number)
    assert says in str(refusal.value)


def test_birth_today_is_not_in_the_future():
    assert read(Type.RESIDENT_ID, resident_id(TODAY, 1)).birth_on == TODAY


def test_old_number_of_15_digits_is_taken_as_a_former_one_only():
    reading = read(Type.RESIDENT_ID, "110105491231002", former=True)
    assert (reading.birth_on, reading.sex) == (date(1949, 12, 31), Sex.FEMALE)
    with pytest.raises(IdentityNumberRefused):
        read(Type.RESIDENT_ID, "110105491331002", former=True)


def test_unknown_region_only_warns():
    reading = read(Type.RESIDENT_ID, resident_id(region="880101"))
    assert "880101" in reading.warnings[0]


@pytest.mark.parametrize(
    "typed", ["１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002x", " 110105-19491231-002X\t"]
)
def test_width_case_and_spaces_are_normalised_silently(typed):
    assert normalise_identity_number(typed) == "11010519491231002X"
    assert read(Type.RESIDENT_ID, typed).number == "11010519491231002X"


def test_all_forms_of_one_number_have_one_index():
    assert identity_index(Type.RESIDENT_ID, "110105491231002") == identity_index(Type.RESIDENT_ID, "11010519491231002x")
    assert identity_index(Type.HK_MACAU_PERMIT, "H1234567801") == identity_index(Type.HK_MACAU_PERMIT, "h12345678")


def test_same_digits_on_another_document_are_another_identity():
    assert identity_index(Type.TAIWAN_PERMIT, "12345678") != identity_index(Type.PASSPORT, "12345678")


def test_documents_of_hong_kong_macau_taiwan_and_foreigners_lead_to_the_national_body():
    overseas = {type for type in Type if is_overseas(type)}
    assert overseas == set(Type) - {Type.RESIDENT_ID, Type.OTHER}
