"""Whatever cannot be taken back says before the button what follows from it."""

import pytest
from django.conf import settings
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.services.review import request_correction
from tests.factories.applicants import NOW, arguments, make_application, reviewer

TEMPLATES = {
    "applicants/apply/check.html": "提交后不能自行修改",
    "applicants/progress/correction.html": "这次补正不能再改",
    "applicants/progress/withdraw.html": "不能恢复",
    "applicants/office/refuse.html": "不能撤回",
    "applicants/office/return.html": "不能撤回",
    "applicants/office/correction.html": "计时暂停",
    "applicants/office/case_agree.html": "计时停止",
    "applicants/office/batch.html": "不能再增减",
    "applicants/office/case_confirm.html": "不能撤回",
    "applicants/office/recheck_batch.html": "不能撤回",
    "imports/job.html": "不能整批撤回",
    "mfa/recovery_codes/generate.html": "旧的恢复码都不能再用",
    "mfa/totp/deactivate_form.html": "停用后",
}
"""Page with a button that cannot be taken back: words of its consequence."""


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_consequence_stands_before_the_button(template):
    text = (settings.BASE_DIR / "templates" / template).read_text(encoding="utf-8")
    consequence = text.index(TEMPLATES[template])
    assert "<button" in text[consequence:], "the words come before the button, which reads in their light"


@pytest.mark.django_db
def test_a_correction_names_who_goes_on(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    case = make_application(state=State.SUBMITTED)
    request_correction(**arguments(case, reviewer()), items=[("phone", "空号")])
    client.force_login(case.user)
    page = client.get(reverse("applicants:answer", args=[case.reference])).content.decode()
    assert "由浙江省注册会计师协会继续审查" in page
