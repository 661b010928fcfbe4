"""Tips: from anybody, once, read and answered by the national body, told to whoever wants to know."""

import secrets
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.complaints.enums import TipState
from apps.complaints.models import Tip
from apps.complaints.selectors import tips_visible_to
from apps.complaints.services import Telling, answer_tip, give_tip, note_on_tip, read_tip
from apps.core.clock import now as present
from apps.core.errors import NotPermitted, TransitionRefused
from apps.documents.services import check_due_uploads
from apps.mail.models import Message
from tests.factories.accounts import make_actor, make_officer, sign_in_officer
from tests.factories.complaints import TEXT, answerer, make_tip
from tests.support.parallel import together

pytestmark = pytest.mark.django_db
NOW = present()


def answers(**more):
    return {"subject": "photo", "text": TEXT, "ticket": secrets.token_urlsafe(16)} | more


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    return out.getvalue()


def test_what_was_told_is_sealed_and_recorded():
    tip = make_tip(code="ABC", seen_where="投标文件", contact="teller@example.org")
    row = Tip.objects.filter(pk=tip.pk).values().get()
    for column in ("text", "seen_where", "contact"):
        assert "照片".encode() not in bytes(row[column])
        assert b"teller" not in bytes(row[column])
    [record] = Record.objects.filter(action="tip.given")
    assert record.after == {"subject": "photo", "has_picture": False, "has_contact": True}
    assert record.case == tip.reference


def test_sent_twice_is_one_tip():
    telling = Telling("other", "一样")
    first, second = (give_tip(telling, ticket="t" * 20, now=NOW + timedelta(seconds=s)) for s in (0, 1))
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_sent_several_times_at_once_is_one_tip():
    tips = together([partial(give_tip, Telling("other", "一样"), ticket="t" * 20, now=NOW)] * 6, workers=6)
    assert len({tip.pk for tip in tips}) == Tip.objects.count() == 1


def test_answer_closes_it_once_and_is_told_to_whoever_left_an_address():
    tip = make_tip(contact="teller@example.org", language="en")
    closed = answer_tip(actor=answerer(), reference=tip.reference, answer="It is forged.", now=NOW)
    assert closed.state == TipState.ANSWERED
    message = Message.objects.get(purpose="tip.answer")
    assert (message.case, message.language) == (tip.reference, "en")
    with pytest.raises(TransitionRefused):
        answer_tip(actor=answerer(), reference=tip.reference, answer="Once more.", now=NOW)
    assert Message.objects.count() == 1


def test_answer_without_an_address_writes_to_nobody():
    answer_tip(actor=answerer(), reference=make_tip().reference, answer="已处理。", now=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize("seat", [(Role.REVIEWER, "330000"), Role.REGISTRAR, Role.AUDITOR, (Role.RECHECKER, "330000")])
def test_nobody_else_reads_notes_or_answers(seat):
    tip, actor = make_tip(), make_actor(seat)
    assert not tips_visible_to(actor).exists()
    for act in (
        partial(read_tip),
        partial(note_on_tip, text="x"),
        partial(answer_tip, answer="x"),
    ):
        with pytest.raises(NotPermitted):
            act(actor=actor, reference=tip.reference, now=NOW)


def test_note_stays_as_it_was_written():
    tip = make_tip()
    note = note_on_tip(actor=answerer(), reference=tip.reference, text="已致电浙江。", now=NOW)
    note.text = "改"
    with pytest.raises(Exception, match="append-only"):
        note.save()


class TestPages:
    @pytest.fixture(autouse=True)
    def _fresh_allowance(self):
        cache.clear()

    @pytest.fixture
    def officer(self, client):
        return sign_in_officer(client, make_officer("tips@example.org", role=Role.RECHECKER, association_code="000000"))

    def test_code_comes_filled_in_from_the_verdict(self, client):
        text = client.get("/v/" + "0" * 26).content.decode()
        assert 'href="/complaints/"' in text
        assert 'value="5F1D 3233"' in client.get("/complaints/?code=5F1D+3233").content.decode()

    def test_teller_gets_a_reference(self, client):
        page = client.post("/complaints/", answers(), follow=True)
        assert Tip.objects.get().reference in page.content.decode()
        assert page.redirect_chain == [("/complaints/received/", 302)]

    def test_received_page_without_a_tip_leads_to_the_form(self, client):
        assert client.get("/complaints/received/")["Location"] == "/complaints/"

    @pytest.mark.parametrize(
        ("bad", "sentence"),
        [
            ({"subject": ""}, "请选择一项"),
            ({"text": " "}, "请写下您看到了什么"),
            ({"contact": "wang"}, "完整的邮箱地址"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(self, client, bad, sentence):
        page = client.post("/complaints/", answers(seen_where="某投标文件") | bad)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert "某投标文件" in page.content.decode()

    def test_picture_that_is_none_is_refused_and_nothing_is_kept(self, client):
        page = client.post("/complaints/", answers(picture=SimpleUploadedFile("a.exe", b"MZ\x90")))
        assert page.status_code == 422
        assert TEXT in page.content.decode()
        assert not Tip.objects.exists()

    def test_eleventh_in_an_hour_is_asked_to_wait(self, client):
        for _number in range(10):
            client.post("/complaints/", answers())
        page = client.post("/complaints/", answers())
        assert page.status_code == 429
        assert TEXT in page.content.decode()
        assert Tip.objects.count() == 10

    def test_officer_reads_notes_answers_and_each_reading_is_recorded(self, client, officer):
        tip = make_tip(code="5F1D", seen_where="某投标文件", contact="teller@example.org")
        assert tip.reference in client.get("/office/tips/").content.decode()
        text = client.get(f"/office/tips/{tip.reference}/").content.decode()
        for shown in (TEXT, "某投标文件", "teller@example.org", "/v/5F1D"):
            assert shown in text
        assert Record.objects.filter(action="tip.read", case=tip.reference).count() == 1
        client.post(f"/office/tips/{tip.reference}/note/", {"text": "已致电浙江。"})
        client.post(f"/office/tips/{tip.reference}/answer/", {"answer": "是伪造的。"})
        text = client.get(f"/office/tips/{tip.reference}/").content.decode()
        assert "已致电浙江。" in text
        assert "是伪造的。" in text
        assert tip.reference in client.get("/office/tips/?pile=answered").content.decode()
        assert tip.reference not in client.get("/office/tips/").content.decode()

    def test_second_answer_is_told_that_somebody_was_first(self, client, officer):
        tip = make_tip()
        for _twice in range(2):
            page = client.post(f"/office/tips/{tip.reference}/answer/", {"answer": "是伪造的。"}, follow=True)
        assert "已经由他人处理" in page.content.decode()

    def test_empty_note_and_answer_get_a_sentence(self, client, officer):
        tip = make_tip()
        assert "请写下备注" in client.post(f"/office/tips/{tip.reference}/note/", {}).content.decode()
        assert "请写下处理结果" in client.post(f"/office/tips/{tip.reference}/answer/", {}).content.decode()

    def test_picture_is_seen_once_it_was_made_anew(self, client, officer):
        tip = make_tip(picture=SimpleUploadedFile("a.png", picture()))
        assert "正在检查" in client.get(f"/office/tips/{tip.reference}/").content.decode()
        assert client.get(f"/office/tips/{tip.reference}/pages/1/").status_code == 404
        check_due_uploads(clock=present)
        response = client.get(f"/office/tips/{tip.reference}/pages/1/")
        assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"

    def test_strange_reference_is_not_found(self, client, officer):
        assert client.get("/office/tips/TS-2026-NOSUCH/").status_code == 404
        assert client.post("/office/tips/TS-2026-NOSUCH/note/", {"text": "x"}).status_code == 404
