"""The three sides' pages: what is sent, what is refused, what nobody else sees."""

import io
import re
import tracemalloc
import zipfile

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from apps.accounts.enums import Role
from apps.accounts.services import account_for_email
from apps.audit.models import Record
from apps.firms.enums import FirmRole
from apps.mail.models import Message
from apps.registrations.enums import State
from apps.registrations.models import Registration
from apps.registrations.services.sheets import XLSX, as_xlsx
from tests.factories.registrations import (
    NOW,
    admit,
    agent_of,
    answers_of,
    candidate_of,
    decide_inside,
    fresh,
    head_of,
    make_registration,
    officer,
    refuse,
    seat_at,
    the_firm,
)
from tests.support.desk import desk  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


def at(name, *arguments):
    return reverse(f"registrations:{name}", args=arguments)


def text(response) -> str:
    return response.content.decode()


def date_boxes(name, iso):
    year, month, day = iso.split("-")
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}


def test_agent_fills_in_page_by_page_and_asks_the_candidate(desk):  # noqa: F811
    agent = seat_at(the_firm(), FirmRole.AGENT)
    client = desk(agent)
    client.post(at("firm"), {"firm": "33000012", "language": "en"})
    case = Registration.objects.get()
    pages = answers_of()
    identity = {k: v for k, v in pages["identity"].items() if k not in {"birth_on", "sex"}}
    certificate = {"certificate_number": "QZ243300009", **date_boxes("certificate_on", "2022-12-20")}
    experience = {"employer_1": "杭州诚信会计师事务所", **date_boxes("employed_on", "2023-01-03")}
    experience |= date_boxes("since_1", "2023-01-03")
    for page, data in (
        ("identity", identity),
        ("certificate", certificate),
        ("experience", experience),
        ("contact", pages["contact"]),
    ):
        response = client.post(at("firm_page", case.reference, page), data)
        assert response.status_code == 302, (page, text(response))
    assert "请填写“照片”。" in text(client.get(at("firm_case", case.reference)))
    from tests.factories.documents import photo_upload

    client.post(at("firm_page", case.reference, "photo"), {"photo": photo_upload()})
    case.refresh_from_db()
    assert case.answers["birth_on"] == pages["identity"]["birth_on"]
    response = client.post(at("firm_invite", case.reference), {"version": case.version}, follow=True)
    assert "等申请人本人确认" in text(response)
    assert fresh(case).language == "en"


def test_what_is_typed_wrongly_stays_on_the_page(desk):  # noqa: F811
    case = make_registration()
    client = desk(agent_of(case))
    bad = {"email": "王", "phone": "12"}
    page = text(client.post(at("firm_page", case.reference, "contact"), bad))
    assert "这不像一个邮箱地址" in page
    again = text(client.get(at("firm_page", case.reference, "contact")))
    assert 'value="王"' in again


@pytest.mark.parametrize("page", ["identity", "certificate", "experience", "contact", "photo"])
def test_empty_page_says_what_is_missing(desk, page):  # noqa: F811
    case = make_registration(photo=False)
    response = desk(agent_of(case)).post(at("firm_page", case.reference, page), {})
    assert response.status_code == 200
    assert "error-summary" in text(response)


def test_agent_of_another_firm_finds_nothing(desk):  # noqa: F811
    case = make_registration(State.AWAITING_FIRM)
    client = desk(seat_at(the_firm("33000013"), FirmRole.HEAD))
    for name in ("firm_case", "firm_photo", "firm_file", "firm_withdraw", "firm_send_back"):
        assert client.get(at(name, case.reference)).status_code == 404, name
        assert client.post(at(name, case.reference), {"version": case.version}).status_code in {404, 405}, name
    assert client.get(at("firm_page", case.reference, "contact")).status_code == 404
    assert case.reference not in text(client.get(at("firm")))
    assert fresh(case).state == State.AWAITING_FIRM


def test_agents_address_does_not_exist_for_others(client):
    client.force_login(account_for_email(email="member@example.org", language="zh-hans", now=NOW))
    assert client.get(at("firm")).status_code == 404


def test_agent_without_second_factor_is_asked_for_it(client):
    agent = seat_at(the_firm(), FirmRole.AGENT)
    client.force_login(account_for_email(email=_email(agent), language="zh-hans", now=NOW))
    response = client.get(at("firm"))
    assert response.status_code == 302
    assert "totp" in response["Location"] or "2fa" in response["Location"] or "next=" in response["Location"]


def _email(actor):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=actor.user_id).email


def test_firm_does_not_learn_what_roll_and_register_say(desk):  # noqa: F811
    case = make_registration()
    page = text(desk(agent_of(case)).get(at("firm_case", case.reference)))
    assert "提交前的核对" in page
    assert "全科合格名单" not in page
    assert "会员名册" not in page


def test_head_files_with_the_firms_word(desk):  # noqa: F811
    case = make_registration(State.AWAITING_FIRM)
    client = desk(head_of(case.firm))
    assert "承诺：申请人在本所专职执业" in text(client.get(at("firm_file", case.reference)))
    client.post(at("firm_file", case.reference), {"version": case.version})
    assert fresh(case).state == State.FILED


def test_agent_is_told_that_only_the_head_files(desk):  # noqa: F811
    case = make_registration(State.AWAITING_FIRM)
    client = desk(agent_of(case))
    response = client.post(at("firm_file", case.reference), {"version": case.version}, follow=True)
    assert "没有办理这一事项的权限" in text(response)
    assert fresh(case).state == State.AWAITING_FIRM


def code_in_mail() -> str:
    return re.search(r"\b(\d{6})\b", Message.objects.order_by("-created_at").first().open_part("text")).group(1)


def test_candidate_proves_the_address_confirms_and_follows(client):
    case = make_registration(State.AWAITING_CANDIDATE)
    response = client.get(at("candidate_case", case.reference))
    assert response["Location"] == f"/registration/?reference={case.reference}"
    client.post(at("candidate"), {"reference": case.reference, "email": case.answers["email"]})
    response = client.post(at("candidate_code"), {"code": code_in_mail()}, follow=True)
    assert "请核对：事务所为您填写的内容" in text(response)
    ticks = dict.fromkeys(("capacity", "full_time", "criminal", "penalty", "revoked", "fraud", "truth"), "on")
    response = client.post(at("candidate_confirm", case.reference), ticks | {"version": case.version}, follow=True)
    assert "谢谢，您已确认" in text(response)
    assert fresh(case).state == State.AWAITING_FIRM


def test_unknown_reference_and_wrong_address_are_answered_alike(client):
    case = make_registration(State.AWAITING_CANDIDATE)
    pages = []
    for reference, email in ((case.reference, "stranger@example.org"), ("ZJ-2026-P2222-22", "stranger2@example.org")):
        client.post(at("candidate"), {"reference": reference, "email": email})
        page = text(client.get(at("candidate_code")))
        pages.append(re.sub(r'value="[^"]*"', "", page.replace(reference, "R").replace(email, "E")))
    assert pages[0] == pages[1]
    assert client.post(at("candidate_code"), {"code": "123456"}).status_code == 200


def test_confirming_without_truth_shows_everything_again(desk):  # noqa: F811
    case = make_registration(State.AWAITING_CANDIDATE)
    client = desk(candidate_of(case))
    page = text(client.post(at("candidate_confirm", case.reference), {"version": case.version, "capacity": "on"}))
    assert "请勾选这一项" in page
    assert "请核对：事务所为您填写的内容" in page
    assert fresh(case).state == State.AWAITING_CANDIDATE


def test_stranger_who_is_signed_in_is_asked_to_prove_the_address(desk):  # noqa: F811
    case, other = make_registration(State.FILED), make_registration(State.FILED)
    client = desk(candidate_of(other))
    for name in ("candidate_case", "candidate_decline", "candidate_withdraw", "candidate_confirm"):
        assert client.get(at(name, case.reference)).status_code == 302, name
    assert client.get(at("candidate_photo", case.reference)).status_code == 404
    client.post(at("candidate_withdraw", case.reference), {"version": case.version})
    assert fresh(case).state == State.FILED


def test_candidate_reads_number_or_refusal_with_remedies(desk):  # noqa: F811
    case = make_registration(State.ACCEPTED)
    admit(case, number="330000120088")
    assert "330000120088" in text(desk(candidate_of(fresh(case))).get(at("candidate_case", case.reference)))
    other = make_registration(State.ACCEPTED)
    refuse(other)
    page = text(desk(candidate_of(fresh(other))).get(at("candidate_case", other.reference)))
    for words in ("行政复议", "行政诉讼", "材料与事实不符", "2026年3月17日"):
        assert words in page


def test_refusal_is_a_letter_in_two_languages_for_the_three_sides(desk):  # noqa: F811
    from pikepdf import Pdf

    case = make_registration(State.ACCEPTED)
    refuse(case)
    case = fresh(case)
    readers = [("candidate_letter", candidate_of(case)), ("firm_letter", agent_of(case)), ("office_letter", officer())]
    files = set()
    for name, actor in readers:
        response = desk(actor).get(at(name, case.reference))
        assert response["Content-Type"] == "application/pdf"
        files.add(b"".join(response.streaming_content) if response.streaming else response.content)
    assert len(files) == 1
    from io import BytesIO

    assert len(Pdf.open(BytesIO(files.pop())).pages) == 2
    other = make_registration(State.FILED)
    assert desk(officer()).get(at("office_letter", other.reference)).status_code == 404


def test_officer_accepts_after_ticking_what_needs_a_person(desk):  # noqa: F811
    case = make_registration(State.FILED)
    client = desk(officer())
    page = text(client.get(at("office_case", case.reference)))
    assert "全科合格名单中没有找到这份合格证" in page
    refused = client.post(at("accept", case.reference), {"version": case.version})
    assert "请核对后勾选" in text(refused)
    client.post(at("accept", case.reference), {"version": case.version, "seen_roll": "on"})
    assert fresh(case).state == State.ACCEPTED
    assert Record.objects.filter(action="registration.read", case=case.reference).exists()


def test_officer_of_another_association_finds_nothing(desk):  # noqa: F811
    case = make_registration(State.FILED)
    client = desk(officer("110000"))
    for name in ("office_case", "office_photo", "gaps", "accept", "refuse", "extension", "approve", "propose"):
        assert client.get(at(name, case.reference)).status_code in {302, 404}, name
        assert client.post(at(name, case.reference), {"version": case.version}).status_code in {404, 405}, name
    assert case.reference not in text(client.get(at("office")))


def test_gaps_are_told_and_mended(desk):  # noqa: F811
    case = make_registration(State.FILED)
    client = desk(officer())
    page = client.post(at("gaps", case.reference), {"version": case.version, "ask_phone": "on"})
    assert "需要怎样补正，例如" in text(page)
    client.post(at("gaps", case.reference), {"version": case.version, "note_phone": "号码少一位"})
    case = fresh(case)
    assert case.state == State.GAPS
    page = text(desk(agent_of(case)).get(at("firm_case", case.reference)))
    assert "号码少一位" in page
    assert at("firm_page", case.reference, "contact") in page
    assert at("firm_page", case.reference, "photo") not in page


def test_export_asks_for_the_purpose_and_is_recorded_and_safe(desk):  # noqa: F811
    case = make_registration(State.ACCEPTED, name="王小明", certificate_number="=CMD()")
    client = desk(officer())
    assert "请写明用途" in text(client.post(at("export"), {"purpose": ""}))
    response = client.post(at("export"), {"purpose": "第一批", "only_new": "on"})
    table = response.content.decode("utf-8-sig")
    assert case.reference in table
    assert "'=CMD()" in table
    record = Record.objects.get(action="registration.exported")
    assert (record.purpose, record.read_ids) == ("第一批", [str(case.pk)])
    again = client.post(at("export"), {"purpose": "第二批", "only_new": "on"}).content.decode("utf-8-sig")
    assert case.reference not in again
    assert fresh(case).exported_at is not None


def test_export_as_a_workbook_whose_cells_are_text(desk):  # noqa: F811
    case = make_registration(State.ACCEPTED, name="王小明", certificate_number="=CMD()")
    client = desk(officer())
    response = client.post(at("export"), {"purpose": "第一批", "format": "xlsx"})
    assert response["Content-Type"] == XLSX and ".xlsx" in response["Content-Disposition"]
    [_heading, line] = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    number = case.answers["identity_number"]
    assert case.reference in line and number in line and "=CMD()" in line and "+8613800138000" in line
    with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
        sheet, styles = (parts.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert "<f>" not in sheet and 'quotePrefix="1"' in styles and sheet.count('t="inlineStr"') == sheet.count("<c ")
    assert "请选择 XLSX 或 CSV" in text(client.post(at("export"), {"purpose": "第二批", "format": "exe"}))


def test_a_long_export_stays_flat_in_memory():
    rows = ([f"{line}-{column}" * 3 for column in range(16)] for line in range(2_000))
    tracemalloc.start()
    content = as_xlsx(rows)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < len(content) + 2_000_000


def test_inside_the_portal_two_officers_decide_on_the_pages(desk):  # noqa: F811
    decide_inside()
    case = make_registration(State.ACCEPTED)
    first, second = officer(), officer()
    client = desk(first)
    client.post(at("propose", case.reference), {"version": case.version, "seen_roll": "on"})
    case = fresh(case)
    page = text(client.get(at("office_case", case.reference)))
    assert "等本协会另一位工作人员复核" in page
    client = desk(second)
    assert "请填写批准文号" in text(client.post(at("approve", case.reference), {"version": case.version}))
    client.post(at("approve", case.reference), {"version": case.version, "document_number": "浙注协[2026]12号"})
    case = fresh(case)
    assert (case.state, case.document_number) == (State.ADMITTED, "浙注协〔2026〕12号")
    assert case.membership.number in text(client.get(at("duties")))
    client.post(at("duties"), {"reference": [case.reference]})
    assert fresh(case).reported_at is not None


def test_director_extends_on_the_page(desk):  # noqa: F811
    decide_inside()
    case = make_registration(State.ACCEPTED)
    desk(officer()).post(at("extension", case.reference), {"version": case.version, "reason": "核实经历"})
    case = fresh(case)
    client = desk(officer(role=Role.DIRECTOR))
    assert "批准延长" in text(client.get(at("office_case", case.reference)))
    client.post(at("extend", case.reference), {"version": case.version})
    assert fresh(case).extended_at is not None


@pytest.mark.parametrize("name", ["office", "export", "reconciliation", "duties"])
def test_office_lists_open_in_english_without_a_chinese_word(desk, name):  # noqa: F811
    client = desk(officer())
    client.cookies["language"] = "en"
    page = re.sub(r"<title>.*?</title>|lang=\"zh-Hans\">中文", "", text(client.get(at(name))))
    assert not re.search(r"[一-鿿]", re.sub(r"<[^>]+>", "", page).replace("中文", ""))


def test_list_takes_a_fixed_number_of_queries(desk, django_assert_max_num_queries):  # noqa: F811
    for _ in range(4):
        make_registration(State.FILED)
    client = desk(officer())
    client.get(at("office"))
    with django_assert_max_num_queries(9):
        client.get(at("office"))
