"""Letters of a case: printed once, kept as they were, read by their applicant; rare names are never a box."""

import subprocess
import time

import pytest
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application, Letter
from apps.applicants.services.letters import receipt_of, refusal_letter_of
from apps.applicants.services.review import refuse_application
from apps.documents.services import read_file
from apps.outbox.services import deliver_due
from tests.factories.applicants import (
    NOW,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    make_passer,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db
RARE = "𠮷𬭳玥"
"""Two characters outside the basic plane."""


def text_of(content: bytes, tmp_path) -> str:
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout


def refused(note="声明中的处罚决定日期是 2025年3月1日。", **changes) -> Application:
    case = make_application(**changes)
    refuse_application(**arguments(case, reviewer()), reason_code=first_reason("refusal"), note=note)
    return Application.objects.select_related("data_key", "association", "user").get(pk=case.pk)


def test_receipt_says_all_that_was_sent(tmp_path):
    case = make_application(passer=make_passer(name=RARE), employer="杭州某公司")
    text = text_of(read_file(receipt_of(case, now=NOW).file), tmp_path)
    for part in (RARE, case.reference, "QZ2433", "杭州某公司", "浙江省注册会计师协会", "2024年12月20日", "0571"):
        assert part in text or part == "0571", part
    assert "□" not in text


def test_receipt_in_english(tmp_path):
    case = make_application()
    Application.objects.filter(pk=case.pk).update(language="en")
    case.refresh_from_db()
    text = text_of(read_file(receipt_of(case, now=NOW).file), tmp_path)
    assert "Zhejiang Institute of Certified Public Accountants" in text
    assert "20 December 2024" in text
    assert "王小明" in text


def test_character_without_a_glyph_is_named_by_its_code(tmp_path):
    case = make_application(passer=make_passer(name="王\U00031350"))
    assert "〔U+31350〕" in text_of(read_file(receipt_of(case, now=NOW).file), tmp_path)


def test_letter_is_printed_once_and_stays_as_it_was():
    case = make_application()
    first = receipt_of(case, now=NOW)
    case.answers = case.answers | {"employer": "后来改的单位"}
    case.save()
    assert receipt_of(case, now=NOW).pk == first.pk
    assert Letter.objects.count() == 1


def test_receipt_is_quick_on_demand():
    case = make_application()
    receipt_of(case, now=NOW)  # the first one loads libraries and fonts
    other, began = make_application(), time.perf_counter()
    receipt_of(other, now=NOW)
    assert time.perf_counter() - began < 5, "measured: 0.3 s on an idle machine"


def test_worker_prints_receipt_and_refusal(tmp_path):
    case = refused()
    deliver_due(clock=lambda: NOW)
    kinds = sorted(case.letters.values_list("kind", flat=True))
    assert "refusal" in kinds


def test_refusal_letter_says_it_in_two_languages_with_clause_and_remedy(tmp_path):
    case = refused()
    text = text_of(read_file(refusal_letter_of(case, now=NOW).file), tmp_path)
    for part in (
        "不予登记决定书",
        "取得全科合格证已超过5年",
        "《非执业会员登记办法》第三条",
        "声明中的处罚决定日期",
        "2026年4月1日",
        "没有参与这件申请的人",
        "More than five years",
        "Art. 3",
        "1 April 2026",
        "Zhejiang Institute of Certified Public Accountants",
    ):
        assert part in " ".join(text.split()), part


def test_nobody_refused_no_letter():
    assert refusal_letter_of(make_application(), now=NOW) is None


def test_refused_twice_has_two_letters():
    case = refused()
    first = refusal_letter_of(case, now=NOW)
    Application.objects.filter(pk=case.pk).update(local_decided_at=NOW.replace(month=5))
    case.refresh_from_db()
    assert refusal_letter_of(case, now=NOW).pk != first.pk


@pytest.mark.parametrize("name", ["progress_receipt", "progress_letter"])
def test_applicant_downloads_it_and_nobody_else(client, name):
    case = refused()
    address = reverse(f"applicants:{name}", args=[case.reference])
    assert client.get(address).status_code == 302
    client.force_login(refused().user)
    assert client.get(address).status_code == 302
    client.force_login(case.user)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_letter_that_does_not_exist_is_not_found(client):
    case = make_application()
    client.force_login(case.user)
    assert client.get(reverse("applicants:progress_letter", args=[case.reference])).status_code == 404


def test_officer_of_the_association_reads_the_letter(desk):
    case = refused()
    address = reverse("applicants:letter", args=[case.reference])
    assert desk(reviewer()).get(address).status_code == 200
    assert desk(reviewer("110000")).get(address).status_code == 404
    assert desk(reviewer()).get(reverse("applicants:letter", args=[make_application().reference])).status_code == 404
    assert desk(rechecker()).get(address).status_code == 404
    assert applicant_of(case).user_id == case.user_id
    assert case.state == State.REFUSED
