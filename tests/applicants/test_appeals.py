"""An appeal is filed: in time, once, by the applicant; and its pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Appeal
from apps.applicants.selectors.appeals import appeal_window
from apps.applicants.services.appeals import file_appeal
from apps.applicants.services.review import refuse_application
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from tests.factories.appeals import appealed, decide, refused
from tests.factories.applicants import (
    NOW,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    rechecker,
    reviewer,
)
from tests.factories.candidates import candidate

pytestmark = pytest.mark.django_db


def test_appeal_is_made_until_the_last_day_and_once():
    case = refused()
    assert appeal_window(case, today=NOW.date()).last_day == date(2026, 4, 1)
    with pytest.raises(TransitionRefused):
        appealed(case, days=31)
    appeal = appealed(case, days=30)
    assert appeal.decide_by > date(2026, 4, 1)
    with pytest.raises(TransitionRefused):
        appealed(case, days=30)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN, State.CONFIRMED, State.CORRECTION_REQUESTED])
def test_only_refusal_and_lapse_can_be_appealed(state):
    with pytest.raises(TransitionRefused):
        appealed(make_application(state=state))


def test_lapse_can_be_appealed():
    case = make_application(state=State.EXPIRED)
    appeal = appealed(case, days=61)
    decide(appeal, rechecker(), days=62)
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_nobody_appeals_for_the_applicant():
    case = refused()
    for actor in (candidate(), reviewer()):
        with pytest.raises(NotPermitted):
            file_appeal(actor=actor, application_id=case.pk, grounds="x", now=NOW)
    with pytest.raises(RequirementsMissing):
        file_appeal(actor=applicant_of(case), application_id=case.pk, grounds="  ", now=NOW)


def test_refused_once_more_can_be_appealed_once_more():
    case = refused()
    decide(appealed(case), rechecker())
    case.refresh_from_db()
    again = NOW + timedelta(days=5)
    refuse_application(**arguments(case, reviewer(), now=again), reason_code=first_reason("refusal"))
    case.refresh_from_db()
    assert appeal_window(case, today=again.date()).is_open
    appealed(case, days=6)
    assert Appeal.objects.count() == 2


def test_pages_of_the_appeal(client, desk, time_machine):
    time_machine.move_to(NOW, tick=False)
    case = refused()
    address = reverse("applicants:appeal", args=[case.reference])
    client.force_login(case.user)
    assert "2026年4月1日" in client.get(address).content.decode()
    assert "请写明您为什么不同意" in client.post(address, {"grounds": ""}).content.decode()
    client.post(address, {"grounds": "名单中的证书日期有误"})
    page = client.get(reverse("applicants:progress_case", args=[case.reference])).content.decode()
    assert "等待决定" in page
    assert client.get(address).status_code == 302
    officer = desk(rechecker())
    assert case.reference in officer.get(reverse("applicants:appeals")).content.decode()
    decision = reverse("applicants:appeal_case", args=[case.reference])
    assert "名单中的证书日期有误" in officer.get(decision).content.decode()
    assert "请写明理由" in officer.post(decision, {"action": "uphold", "version": case.version}).content.decode()
    answer = {"action": "set_aside", "version": case.version, "answer": "已经更正"}
    assert officer.post(decision, answer).status_code == 302
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_grounds_typed_after_the_session_ended_are_not_lost(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    case = refused()
    address = reverse("applicants:appeal", args=[case.reference])
    assert client.post(address, {"grounds": "我写了很久的理由"}).status_code == 302
    client.force_login(case.user)
    assert "我写了很久的理由" in client.get(address).content.decode()
