"""Bad input gets a sentence at its field; what only looks odd is mended or waved through."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from apps.applicants.enums import Page
from apps.applicants.forms.pages import PAGE_FORMS
from tests.factories.documents import picture, picture_bytes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
RESIDENT = {"name": "王小明", "identity_type": "resident_id", "identity_number": "11010519491231002X"}


def form(page, data=None, files=None, saved=None, only=None):
    post = QueryDict(mutable=True)
    post.update(data or {})
    return PAGE_FORMS[page](post, files or {}, saved=saved or {}, today=TODAY, only=only)


def day(name, year, month, day_of_month):
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day_of_month}


def upload(content, name="photo.jpg"):
    return {"photo": SimpleUploadedFile(name, content, "image/jpeg")}


@pytest.mark.parametrize(
    ("page", "data", "field", "part"),
    [
        (Page.IDENTITY, {}, "name", "请填写姓名"),
        (Page.IDENTITY, RESIDENT | {"name": "王1明"}, "name", "不能有"),
        (Page.IDENTITY, RESIDENT | {"name": "王" * 51}, "name", "50"),
        (Page.IDENTITY, RESIDENT | {"identity_type": ""}, "identity_type", "请选择证件类型"),
        (Page.IDENTITY, RESIDENT | {"identity_number": ""}, "identity_number", "请填写证件号码"),
        (Page.IDENTITY, RESIDENT | {"identity_number": "110105194912310023"}, "identity_number", "最后一位"),
        (Page.IDENTITY, RESIDENT | {"identity_number": "110105209912310026"}, "identity_number", ""),
        (Page.IDENTITY, RESIDENT | {"identity_number": "1.10105E+17"}, "identity_number", "18 位"),
        (Page.IDENTITY, RESIDENT | {"identity_number": "110105491231002"}, "identity_number", "15 位"),
        (
            Page.IDENTITY,
            RESIDENT | {"identity_type": "passport", "identity_number": "E12345678"},
            "identity_country",
            "签发",
        ),
        (
            Page.IDENTITY,
            RESIDENT | {"identity_type": "passport", "identity_number": "E12345678"},
            "birth_on",
            "出生日期",
        ),
        (Page.IDENTITY, RESIDENT | {"identity_type": "hk_macau_permit", "identity_number": "H12345678"}, "sex", "性别"),
        (
            Page.IDENTITY,
            RESIDENT
            | {"identity_type": "hk_macau_permit", "identity_number": "H12345678"}
            | day("birth_on", 2027, 1, 1),
            "birth_on",
            "今天之后",
        ),
        (Page.CERTIFICATE, {}, "certificate_number", "请填写全科合格证号"),
        (Page.CERTIFICATE, {"certificate_number": "QZ1"}, "certificate_number", "4 至 30"),
        (Page.CERTIFICATE, {"certificate_number": "Q" * 31}, "certificate_number", "4 至 30"),
        (Page.CERTIFICATE, {"certificate_number": "QZ243300001"}, "certificate_on", "请填写"),
        (
            Page.CERTIFICATE,
            {"certificate_number": "QZ243300001"} | day("certificate_on", 2024, 2, 30),
            "certificate_on",
            "没有这一天",
        ),
        (
            Page.CERTIFICATE,
            {"certificate_number": "QZ243300001"} | day("certificate_on", 2024, "", 3),
            "certificate_on",
            "不完整",
        ),
        (
            Page.CERTIFICATE,
            {"certificate_number": "QZ243300001"} | day("certificate_on", 2026, 3, 6),
            "certificate_on",
            "今天之后",
        ),
        (
            Page.CERTIFICATE,
            {"certificate_number": "QZ243300001"} | day("certificate_on", "二零", 3, 6),
            "certificate_on",
            "没有这一天",
        ),
        (
            Page.CERTIFICATE,
            {"certificate_number": "QZ243300001"} | day("certificate_on", "9" * 40, 3, 6),
            "certificate_on",
            "没有这一天",
        ),
        (
            Page.CERTIFICATE,
            {"certificate_number": "QZ243300001"} | day("certificate_on", 24, 3, 6),
            "certificate_on",
            "四位数",
        ),
        (Page.ASSOCIATION, {}, "association", "请选择所属协会"),
        (Page.ASSOCIATION, {"association": "000000"}, "association", ""),
        (Page.CONTACT, {}, "phone", "请填写手机号码"),
        (Page.CONTACT, {"phone": "12800138000"}, "phone", "13800138000"),
        (Page.CONTACT, {"phone": "+86 028 8888 8888"}, "phone", "13800138000"),
        (Page.CONTACT, {"phone": "13800138000", "employer": "所" * 101}, "employer", "100"),
        (Page.PHOTO, {}, "photo", "请选择一张照片"),
        (Page.DECLARATIONS, {}, "truth", "请勾选"),
        (Page.DECLARATIONS, {"truth": "on"}, "note", "逐项"),
        (Page.DECLARATIONS, {"truth": "on", "note": "一" * 1001}, "note", "1000"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field(page, data, field, part):
    bound = form(page, data)
    assert field in bound.errors
    assert part in " ".join(bound.errors[field])


@pytest.mark.parametrize(
    ("content", "part"),
    [(b"", "0 字节"), (b"%PDF-1.7 not a photo" * 200, "不是可以读取的照片"), (b"x" * (21 * 1024 * 1024), "20 MB")],
)
def test_bad_photo_gets_a_sentence(content, part):
    bound = form(Page.PHOTO, {}, upload(content))
    assert part in " ".join(bound.errors["photo"])


def test_photo_is_made_to_the_rules():
    bound = form(Page.PHOTO, {}, upload(picture_bytes(picture(800, 1000)), "照片.png"))
    assert bound.is_valid(), bound.errors
    assert 2048 <= len(bound.picture) <= 20480


def test_full_width_and_lower_case_are_mended_silently():
    data = RESIDENT | {"name": "阿卜杜拉．买买提", "identity_number": "　１１０１０５１９４９１２３１００２ｘ "}
    bound = form(Page.IDENTITY, data)
    assert bound.is_valid(), bound.errors
    assert bound.answers()["name"] == "阿卜杜拉·买买提"
    assert bound.answers()["identity_number"] == "11010519491231002X"
    number = form(
        Page.CERTIFICATE,
        {"certificate_number": " ｑｚ２４３３ ０００１２３４"} | day("certificate_on", "２０２４", "12月", 20),
    )
    assert number.is_valid(), number.errors
    assert number.answers()["certificate_number"] == "QZ24330001234"
    assert number.answers()["certificate_on"] == "2024-12-20"


@pytest.mark.parametrize("name", ["𠮷田·㐂", "王𬌗", "Mary-Jane O'Neil", "迪丽热巴·迪力木拉提"])
def test_rare_characters_and_dots_pass(name):
    bound = form(Page.IDENTITY, RESIDENT | {"name": name})
    assert bound.is_valid(), bound.errors
    assert bound.answers()["name"] == name


def test_document_says_birth_date_and_sex():
    bound = form(Page.IDENTITY, RESIDENT | day("birth_on", 1990, 13, 1) | {"sex": "male"})
    assert bound.is_valid(), bound.errors
    assert bound.answers()["birth_on"] == "1949-12-31"
    assert bound.answers()["sex"] == "female"
    assert bound.answers()["identity_country"] == ""


def test_unknown_shape_of_certificate_number_only_warns():
    bound = form(Page.CERTIFICATE, {"certificate_number": "A-1998-77"} | day("certificate_on", 2024, 12, 20))
    assert bound.is_valid(), bound.errors
    assert "A-1998-77" in str(bound.warnings[0])
    assert not form(Page.CERTIFICATE, {"certificate_number": "QY243300012"}).warnings


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0013 8000", "+8613800138000"),
        ("＋８６ 13800138000", "+8613800138000"),
        ("+852 9123-4567", "+85291234567"),
        ("0085291234567", "+85291234567"),
    ],
)
def test_phone_is_kept_in_one_shape(typed, kept):
    bound = form(Page.CONTACT, {"phone": typed})
    assert bound.is_valid(), bound.errors
    assert bound.answers()["phone"] == kept


def test_phone_is_optional_for_overseas_candidates():
    assert form(Page.CONTACT, {}, saved={"identity_type": "passport"}).is_valid()


def test_overseas_candidates_have_nothing_to_choose():
    bound = form(Page.ASSOCIATION, {"association": "330000"}, saved={"identity_type": "taiwan_permit"})
    assert bound.is_valid()
    assert bound.answers() == {"association": "000000"}


ALL_CLEAR = dict.fromkeys(("capacity", "criminal", "penalty", "revoked", "cancelled", "expelled", "truth"), "on")


def valid_answers(data):
    bound = form(Page.DECLARATIONS, data)
    assert bound.is_valid(), bound.errors
    return bound.answers()


def test_clean_declarations_say_that_no_ground_applies():
    kept = valid_answers(ALL_CLEAR)["declarations"]
    assert kept["capacity"] is True
    assert not any(kept[ground] for ground in ("criminal", "penalty", "revoked", "cancelled", "expelled"))


def test_honest_no_is_kept_with_its_words_and_its_day():
    data = ALL_CLEAR | {"note": "2018 年受过行政处罚"} | day("penalty_on", 2018, 3, 1)
    del data["penalty"]
    kept = valid_answers(data)["declarations"]
    assert kept["penalty"] is True
    assert kept["penalty_on"] == "2018-03-01"
    assert kept["note"] == "2018 年受过行政处罚"
