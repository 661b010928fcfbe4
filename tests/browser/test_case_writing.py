"""Writing on a case, with scripts on and off: a note inside, a message out, an answer back, a hold and its end."""

import pytest
import time_machine

from apps.applicants.models import CaseMessage
from tests.factories.applicants import NOW, make_application, reviewer
from tests.support.accessibility import axe_findings
from tests.support.desk import desk  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.mark.parametrize(("scripts", "width"), [(True, 1440), (False, 360)], ids=["scripts on", "scripts off"])
def test_an_officer_writes_and_lets_a_case_rest(visit, desk, scripts, width):  # noqa: F811
    application = make_application()
    reader = visit(width=width, scripts=scripts)
    page = reader.page
    desk(reviewer())
    page.goto(f"/office/applications/{application.reference}/")
    page.get_by_label("备注内容").fill("已致电考试办公室核实")
    page.get_by_role("button", name="保存备注，只有协会人员可见").click()
    page.get_by_text("备注已保存").wait_for()
    page.get_by_label("告诉申请人的话").fill("请说明合格证日期")
    page.get_by_role("button", name="发给申请人，写入进度页并通知").click()
    page.get_by_text("已写到申请人的进度页").wait_for()
    assert CaseMessage.objects.get().text == "请说明合格证日期"
    page.get_by_role("link", name="暂缓办理到某一天").click()
    page.get_by_label("等考试办公室答复").check()
    for box, value in (("年", "2026"), ("月", "3"), ("日", "9")):
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_role("button", name="暂缓办理，时限照常计算").click()
    page.get_by_text("已暂缓办理至").wait_for()
    page.goto(f"/office/applications/{application.reference}/")
    page.get_by_role("button", name="恢复办理，再作决定").click()
    page.get_by_role("button", name="同意，报中注协复核").wait_for()
    assert reader.overflow() <= 0
    if scripts:
        assert axe_findings(page) == []
