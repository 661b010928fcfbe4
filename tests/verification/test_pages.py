"""The pages that check: what anybody sees, what bad input gets."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.documents.services import read_file
from apps.verification.forms import MAX_FILE
from tests.factories import certificates as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]
VERIFY = "/verify/"


@pytest.fixture
def certificate():
    return factory.make_certificate()


def post(client, **answers):
    return client.post(VERIFY, answers)


def test_code_page_says_one_word_and_shows_no_more_than_it_may(client, certificate):
    page = client.get(f"/v/{certificate.code}")
    text = page.content.decode()
    assert page.status_code == 200
    assert "有效" in text
    assert "王*" in text
    assert "王芳" not in text
    assert certificate.membership.number not in text
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in text


def test_code_page_speaks_english(client, certificate):
    text = client.get(f"/v/{certificate.code}", headers={"accept-language": "en"}).content.decode()
    assert "Valid" in text
    assert "Zhejiang Institute" in text


def test_unknown_code_is_a_page_that_helps(client):
    page = client.get("/v/" + "0" * 26)
    assert page.status_code == 404
    assert "查无此证" in page.content.decode()


def test_code_typed_untidily_leads_to_the_tidy_address(client, certificate):
    untidy = quote(f" {certificate.code.lower()} ")
    assert client.get(f"/v/{untidy}")["Location"] == f"/v/{certificate.code}"
    assert post(client, way="code", code=certificate.code.lower())["Location"] == f"/v/{certificate.code}"


def test_code_page_asks_the_database_a_fixed_number_of_times(client, certificate, django_assert_max_num_queries):
    client.get(f"/v/{certificate.code}")
    with django_assert_max_num_queries(6):
        client.get(f"/v/{certificate.code}")


@pytest.mark.parametrize(
    ("code", "sentence"), [("", "请填写查验码"), ("ABC", "您填写了 3 位"), ("U" * 26, "除 I、L、O、U")]
)
def test_code_that_cannot_be_one_gets_a_sentence_and_stays(client, code, sentence):
    page = post(client, way="code", code=code)
    assert page.status_code == 422
    assert page.content.decode().count(sentence) == 2
    assert f'value="{code}"' in page.content.decode() or not code


def test_number_and_name_are_checked_without_an_address_of_their_own(client, certificate):
    membership = certificate.membership
    page = post(client, way="member", kind=membership.kind, number=membership.number, name="王芳")
    assert page.status_code == 200
    assert "有效" in page.content.decode()
    assert certificate.code not in page.content.decode().replace(" ", "")


def test_wrong_name_and_unknown_number_give_the_same_page(client, certificate):
    membership = certificate.membership
    pages = [
        post(client, way="member", kind=membership.kind, number=membership.number, name="李娜"),
        post(client, way="member", kind=membership.kind, number="999999999999", name="王芳"),
    ]
    texts = {without_times(page.content.decode()) for page in pages}
    assert len(texts) == 1
    assert "未查到" in texts.pop()


def without_times(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "<time" not in line and "csrfmiddlewaretoken" not in line)


def test_uploaded_certificate_is_checked_and_not_stored(client, tmp_path, monkeypatch):
    monkeypatch.undo()  # this one is drawn and sealed
    certificate = factory.make_certificate()
    before = sorted(tmp_path.rglob("*"))
    file = SimpleUploadedFile("证.pdf", read_file(certificate.file), "application/pdf")
    assert "有效" in post(client, way="file", file=file).content.decode()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "0 字节"), (b"x" * (MAX_FILE + 1), "超过了 10 MB"), (b"no PDF at all", "无法读取")],
)
def test_upload_that_is_no_certificate_gets_a_sentence(client, content, sentence):
    page = post(client, way="file", file=SimpleUploadedFile("a.pdf", content))
    assert sentence in page.content.decode()


def test_missing_upload_and_strange_way_get_a_sentence(client):
    assert "请选择会员证的 PDF 文件" in post(client, way="file").content.decode()
    assert post(client, way="nonsense").status_code == 422


def test_wrong_names_are_limited_and_right_ones_are_not(client, certificate):
    membership = certificate.membership
    right = {"way": "member", "kind": membership.kind, "number": membership.number, "name": "王芳"}
    for _number in range(20):
        assert "有效" in post(client, **right).content.decode()
        assert post(client, **right | {"name": "李娜"}).status_code == 200
    page = post(client, **right | {"name": "李娜"})
    assert page.status_code == 429
    assert "请过十分钟再试" in page.content.decode()
    assert 'value="李娜"' in page.content.decode()
    assert post(client, way="code", code=certificate.code).status_code == 302


def test_strangers_files_are_limited(client, monkeypatch):
    monkeypatch.setattr("apps.verification.views.public.ALLOWANCES", {"file": "1/10m/ip"})
    for status in (200, 429):
        assert post(client, way="file", file=SimpleUploadedFile("a.pdf", b"%PDF-")).status_code == status


def test_day_in_the_past_is_answered_as_known_today(client, certificate):
    def on(year, month, day):
        return client.get(f"/v/{certificate.code}?on_year={year}&on_month={month}&on_day={day}").content.decode()

    assert "2024年5月5日，不是会员" in on(2024, 5, 5)
    assert "2024年5月6日，是会员" in on(2024, 5, 6)
    assert "日期在今天之后" in on(2099, 1, 1)
    assert "没有这一天" in on(2025, 2, 30)


def test_page_says_what_a_code_cannot_see_and_where_to_tell_us(client, certificate):
    text = client.get(f"/v/{certificate.code}").content.decode()
    assert "请用眼睛对照" in text
    assert f"/complaints/?code={'%20'.join(certificate.code[i : i + 4] for i in range(0, 26, 4))}" in text
    assert "请用眼睛对照" not in client.get("/v/" + "0" * 26).content.decode()
