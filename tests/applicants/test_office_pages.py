"""The office's screens, as a browser with scripts off uses them."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application, Batch
from apps.applicants.services.batches import send_batch
from apps.applicants.services.review import agree_application
from apps.audit.models import Record
from apps.rules.selectors import working_calendar
from tests.factories.accounts import make_actor
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def case_url(name, application):
    return reverse(f"applicants:{name}", args=[application.reference])


def test_work_list_shows_the_own_association_only(desk):
    mine, foreign = make_application(), make_application(association="310000")
    page = desk(reviewer()).get(reverse("applicants:worklist")).content.decode()
    assert mine.reference in page and foreign.reference not in page
    assert "还剩 20 个工作日" in page


@pytest.mark.parametrize("pile", ["decide", "waiting", "agreed", "sent", "returned", "decided", "nonsense"])
def test_every_pile_opens(desk, pile):
    for state in State:
        if state not in (State.DRAFT, State.AGREED):
            make_application(state=state)
    make_application(state=State.AGREED)
    response = desk(reviewer()).get(reverse("applicants:worklist"), {"pile": pile, "after": "rubbish"})
    assert response.status_code == 200
    assert "王小明" in text(response)


def test_a_reference_opens_its_case_however_it_is_typed(desk):
    application, foreign = make_application(), make_application(association="310000")
    client = desk(reviewer())
    response = client.get(reverse("applicants:worklist"), {"reference": f" {application.reference.lower()} "})
    assert response.url == case_url("case", application)
    response = client.get(reverse("applicants:worklist"), {"reference": foreign.reference}, follow=True)
    assert "没有找到编号" in text(response)


def test_decision_screen_shows_everything_and_leaves_a_record(desk):
    application = make_application(name="王晓明")
    response = desk(reviewer()).get(case_url("case", application))
    page = response.content.decode()
    assert "<mark>晓</mark>" in page and "<mark>小</mark>" in page
    assert "未超过 5 年" in page
    assert "同意，报中注协复核" in page
    assert Record.objects.filter(action="application.read", case=application.reference).exists()
    assert Record.objects.filter(action="person.read", case=application.reference).exists()


def test_photo_is_shown_in_scope_only(desk):
    application = make_application()
    response = desk(reviewer()).get(case_url("photo", application))
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]
    assert desk(reviewer("310000")).get(case_url("photo", application)).status_code == 404


@pytest.mark.parametrize("name", ["case", "photo", "agree", "refuse", "correction"])
def test_out_of_scope_is_404_as_if_it_did_not_exist(desk, name):
    application = make_application()
    client = desk(reviewer("310000"))
    assert client.get(case_url(name, application)).status_code in ((404, 302) if name == "agree" else (404,))
    assert client.post(case_url(name, application)).status_code in (404, 405)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_agreeing_from_the_screen(desk):
    application = make_application()
    client = desk(reviewer())
    response = client.post(case_url("agree", application), {"version": application.version}, follow=True)
    assert "已同意" in text(response) and "10:10 前您可以收回" in text(response)
    application.refresh_from_db()
    assert application.state == State.AGREED


def test_an_unticked_line_is_named_and_nothing_is_lost(desk):
    application = make_application(name="王晓明")
    response = desk(reviewer()).post(case_url("agree", application), {"version": application.version})
    assert "请核对后勾选" in text(response) and 'href="#id_seen_roll"' in response.content.decode()
    response = desk(reviewer()).post(
        case_url("agree", application), {"version": application.version, "seen_roll": "on"}, follow=True
    )
    assert "已同意" in text(response)


def test_the_second_officer_is_told_that_somebody_has_decided(desk):
    application = make_application()
    agree = {"version": application.version}
    desk(reviewer()).post(case_url("agree", application), agree)
    response = desk(reviewer()).post(case_url("agree", application), agree)
    assert response.status_code == 200
    assert "已经由他人办理" in text(response)
    response = desk(reviewer()).post(
        case_url("refuse", application),
        {"version": application.version, "reason": first_reason("refusal"), "note": "写了很久的说明"},
    )
    assert "已经由他人办理" in text(response) and "写了很久的说明" in text(response)


def test_refusing_needs_a_reason_and_keeps_the_note(desk):
    application = make_application()
    client = desk(reviewer())
    assert client.get(case_url("refuse", application)).status_code == 200
    response = client.post(case_url("refuse", application), {"version": application.version, "note": "事实如下"})
    assert "请从目录中选择一项理由" in text(response) and "事实如下" in text(response)
    client.post(case_url("refuse", application), {"version": application.version, "reason": first_reason("refusal")})
    application.refresh_from_db()
    assert application.state == State.REFUSED
    assert client.get(case_url("case", application)).status_code == 200


def test_asking_for_correction(desk):
    application = make_application()
    client = desk(reviewer())
    assert client.get(case_url("correction", application)).status_code == 200
    version = {"version": application.version}
    assert "至少选择一项" in text(client.post(case_url("correction", application), version))
    response = client.post(case_url("correction", application), version | {"ask_photo": "on", "note_name": "请核对"})
    assert "请写明“照片”需要怎样补正" in text(response) and 'value="请核对"' in response.content.decode()
    client.post(case_url("correction", application), version | {"ask_photo": "on", "note_photo": "请换成白底"})
    application.refresh_from_db()
    assert application.state == State.CORRECTION_REQUESTED
    assert "请换成白底" in text(client.get(case_url("case", application)))


def test_sending_a_batch(desk):
    application = make_application(state=State.AGREED)
    client = desk(reviewer())
    number = open_batch(application).number
    assert number in text(client.get(reverse("applicants:batches")))
    url = reverse("applicants:batch", args=[number])
    page = client.get(url).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
    assert "报送 1 件" in page
    sheet = client.get(reverse("applicants:sheet", args=[number]))
    assert "王小明" in text(sheet) and "共 1 人" in text(sheet)
    assert "有变化" in text(client.post(url, {"seen": "older"}, follow=True))
    assert "已报送中注协" in text(client.post(url, {"seen": seen}, follow=True))
    assert desk(reviewer("310000")).get(url).status_code == 404


def test_rechecking_a_batch_item_by_item(desk):
    first, second = make_application(state=State.AGREED), make_application(state=State.SENT)
    first.refresh_from_db()
    client = desk(rechecker())
    assert second.batch.number in text(client.get(reverse("applicants:recheck")))
    url = reverse("applicants:recheck_batch", args=[second.batch.number])
    page = client.get(url)
    assert page.status_code == 200
    ticked = {"items": [f"{first.reference}:{first.version}", f"{second.reference}:0"]}
    assert "请填写批复文号" in text(client.post(url, ticked))
    response = client.post(url, ticked | {"document_number": "会协[2026]12号"}, follow=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.CONFIRMED, State.SENT)
    assert "已通过" in text(response) and "未完成" in text(response)
    assert first.membership.number in text(response)


def test_all_green_items_can_be_ticked_at_once(desk):
    near, green = make_application(state=State.AGREED, name="王晓明"), make_application(state=State.SENT)
    url = reverse("applicants:recheck_batch", args=[green.batch.number])
    client = desk(rechecker())
    assert client.get(url).content.decode().count(" checked") == 0
    page = client.get(url, {"tick": "green"}).content.decode()
    ticked = [box for box in re.findall(r"<input[^>]*>", page) if " checked" in box]
    assert len(ticked) == 1 and green.reference in ticked[0] and near.reference not in ticked[0]


def test_rechecking_from_the_case(desk):
    application = make_application(state=State.SENT)
    client = desk(rechecker())
    assert "复核通过，公告并编号" in text(client.get(case_url("recheck_case", application)))
    assert client.get(case_url("recheck_photo", application)).status_code == 200
    values = {"version": application.version, "document_number": "12"}
    assert "请填写批复文号" in text(client.post(case_url("recheck_confirm", application), values))
    client.post(case_url("recheck_confirm", application), values | {"document_number": DOCUMENT_NUMBER})
    assert Application.objects.get(pk=application.pk).state == State.CONFIRMED


def test_returning_from_the_case(desk):
    application = make_application(state=State.SENT)
    client = desk(rechecker())
    assert client.get(case_url("recheck_return", application)).status_code == 200
    values = {"version": application.version, "reason": first_reason("return"), "note": "照片不符"}
    assert "已退回" in text(client.post(case_url("recheck_return", application), values, follow=True))
    assert "照片不符" in text(desk(reviewer()).get(case_url("case", application)))


def test_the_first_officer_is_told_why_not_to_recheck(desk):
    application = make_application(state=State.SENT)
    client = desk(rechecker(person=application.local_decided_by_person))
    page = text(client.get(case_url("recheck_case", application)))
    assert "复核人不能是省级经办人" in page and "公告并编号" not in page


def test_an_unlinked_officer_is_told_whom_to_ask(desk):
    application = make_application()
    client = desk(make_actor(("reviewer", "330000"), user_id=10_000, person_id=None))
    page = text(client.get(case_url("case", application)))
    assert "还没有关联到本人" in page and "同意，报中注协复核" not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_screens_open_in_both_languages(desk, language):
    application = make_application(state=State.SENT, name="王晓明")
    for client, names in ((desk(reviewer()), ["case"]), (desk(rechecker()), ["recheck_case"])):
        for name in names:
            response = client.get(case_url(name, application), headers={"accept-language": language})
            assert response.status_code in (200, 404)


def test_the_history_names_the_applicant_the_officer_and_the_portal(desk):
    application = make_application(state=State.SENT)
    page = text(desk(reviewer()).get(case_url("case", application)))
    assert "同意，报中注协复核 officer" in page and "报送 系统" in page


def test_a_case_that_left_the_recheck_is_named_but_not_linked(desk):
    application = make_application(state=State.RETURNED)
    number = application.batch.number
    agree_application(**arguments(application, reviewer()))
    page = desk(rechecker()).get(reverse("applicants:recheck_batch", args=[number])).content.decode()
    assert "王小明" in page and "复核退回" in page
    assert case_url("recheck_case", application) not in page


def test_each_desk_has_its_own_doors(desk):
    review = [reverse("applicants:worklist"), reverse("applicants:batches")]
    national = [reverse("applicants:recheck")]
    for officer, own, foreign in ((reviewer(), review, national), (rechecker(), national, review)):
        client = desk(officer)
        assert {client.get(address).status_code for address in own} == {200}
        assert {client.get(address).status_code for address in foreign} == {404}


def cost_of(client, address) -> int:
    """Of a page that this process has drawn before: the first one asks for what is kept from then on."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_of_batches_cost_the_same_however_long_they_are(desk):
    """Each list with one line, then with more lines and more batches."""
    review, national = reviewer(), rechecker()
    costs = []
    for more in (1, 4):
        for _case in range(more):
            make_application(association="310000", state=State.SENT)
            application = make_application(state=State.SENT)
        for _case in range(more):
            make_application(state=State.AGREED)
        Application.objects.filter(state=State.SENT, association_id="330000").update(batch=application.batch)
        working_calendar()
        opened = Batch.objects.get(state="open", association_id="330000")
        client = desk(review)
        own = [cost_of(client, reverse("applicants:batches")), cost_of(client, batch_url("batch", opened))]
        client = desk(national)
        far = [cost_of(client, reverse("applicants:recheck"))]
        far.append(cost_of(client, batch_url("recheck_batch", application.batch)))
        costs.append(own + far)
        send_batch(actor=SYSTEM, batch_id=opened.pk, now=NOW)
    assert costs[0] == costs[1]


def batch_url(name, batch):
    return reverse(f"applicants:{name}", args=[batch.number])
