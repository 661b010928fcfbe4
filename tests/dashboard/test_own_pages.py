"""My membership: what waits comes first, then where I stand, then my certificate."""

import pytest

from apps.applicants.enums import State
from tests.factories.accounts import make_user
from tests.factories.applicants import make_application
from tests.factories.candidates import candidate, make_draft

pytestmark = pytest.mark.django_db


def account_page(client, user) -> str:
    client.force_login(user)
    response = client.get("/account/")
    assert response.status_code == 200
    return response.content.decode()


def test_account_asks_for_sign_in(client):
    assert client.get("/account/")["Location"] == "/signin/?next=/account/"


def test_somebody_without_anything_is_shown_the_way_in(client):
    page = account_page(client, make_user())
    assert "您还没有会员资格" in page
    assert 'href="/apply/"' in page


def test_draft_is_offered_to_go_on_with(client, django_user_model):
    actor = candidate()
    make_draft(actor=actor)
    page = account_page(client, django_user_model.objects.get(pk=actor.user_id))
    assert "您有一份没有提交的申请" in page
    assert 'href="/apply/tasks/"' in page


def test_open_application_says_where_it_is_and_by_when(client):
    case = make_application()
    page = account_page(client, case.user)
    assert "我们已收到并开始审查" in page
    assert "最晚 2026年3月30日" in page
    assert f'href="/progress/{case.reference}/"' in page


def test_correction_is_asked_for_at_once(client):
    case = make_application(state=State.CORRECTION_REQUESTED)
    assert f'href="/progress/{case.reference}/correction/"' in account_page(client, case.user)


def test_member_reads_number_and_standing(client):
    case = make_application(state=State.CONFIRMED)
    page = account_page(client, case.user)
    assert "您是浙江省注册会计师协会的非执业会员，自2026年3月2日起。" in page
    assert "我的申请" not in page


def test_refused_applicant_still_finds_the_decision(client):
    case = make_application(state=State.REFUSED)
    assert f'href="/progress/{case.reference}/"' in account_page(client, case.user)


def test_nobody_sees_what_is_another_persons(client):
    case = make_application()
    assert case.reference not in account_page(client, make_user("other@example.org"))
