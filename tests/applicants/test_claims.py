"""Whose case it is: claimed, put back, assigned, taken over; lapsed by time; never decided over somebody's head."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import Handling, State
from apps.applicants.models import Application, OfficerChange
from apps.applicants.selectors.claims import claim_of
from apps.applicants.selectors.desk_view import DeskView, read_view
from apps.applicants.services import claims
from apps.applicants.services.claims import ClaimedByColleague
from apps.applicants.services.next_case import claim_next
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.associations.models import Leave
from apps.associations.services import grant_seat
from apps.audit.models import Record
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing, TransitionRefused
from tests.factories.applicants import NOW, SYSTEM, arguments, first_reason, make_application, rechecker, reviewer

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24)


def case_by(case, officer, *, now=NOW):
    return {"actor": officer, "application_id": case.pk, "now": now}


def seated(officer, code="330000"):
    """A colleague whom one can find on the list: with a seat that is written down."""
    grant_seat(
        actor=SYSTEM, user_id=officer.user_id, association_code=code, role=Role.REVIEWER, from_on=NOW.date(), now=NOW
    )
    return officer


def test_a_claim_is_ones_own_until_its_time_is_over():
    case, me, other = make_application(), reviewer(), reviewer()
    claims.claim_application(**case_by(case, me))
    claims.claim_application(**case_by(case, me))  # pressed twice
    case.refresh_from_db()
    assert claim_of(case, now=NOW + DAY - timedelta(seconds=1)).is_of(me)
    assert claim_of(case, now=NOW + DAY) is None
    assert case.version == make_application().version, "nothing changed that is decided on: open forms stay good"
    with pytest.raises(ClaimedByColleague, match="此件由"):
        claims.claim_application(**case_by(case, other))
    claims.claim_application(**case_by(case, other, now=NOW + DAY))
    kinds = list(OfficerChange.objects.order_by("at", "id").values_list("kind", "officer"))
    assert kinds == [(Handling.CLAIMED, me.user_id), (Handling.CLAIMED, other.user_id)]
    assert Record.objects.filter(action="application.claimed").count() == 2


@pytest.mark.parametrize("decision", ["agree", "refuse", "ask"])
def test_a_colleagues_case_is_not_decided_before_it_is_taken_over(decision):
    case, holder, me = make_application(), reviewer(), reviewer()
    claims.claim_application(**case_by(case, holder))

    def decide():
        given = arguments(case, me)
        if decision == "agree":
            return agree_application(**given)
        if decision == "refuse":
            return refuse_application(**given, reason_code=first_reason("refusal"))
        return request_correction(**given, items=[("photo", "请换白底")])

    with pytest.raises(ClaimedByColleague):
        decide()
    claims.take_over_application(**case_by(case, me), seen_officer_id=holder.user_id)
    decide()
    case.refresh_from_db()
    assert case.state != State.SUBMITTED
    change = case.officer_changes.get(kind=Handling.TAKEN_OVER)
    assert (change.previous_id, change.officer_id) == (holder.user_id, me.user_id)


def test_taking_over_is_about_the_name_that_was_shown():
    case, first, second, me = make_application(), reviewer(), reviewer(), reviewer()
    claims.claim_application(**case_by(case, second))
    with pytest.raises(TransitionRefused, match="换了经办人"):
        claims.take_over_application(**case_by(case, me), seen_officer_id=first.user_id)


def test_a_case_is_put_back_by_who_has_it():
    case, me, other = make_application(), reviewer(), reviewer()
    claims.claim_application(**case_by(case, me))
    with pytest.raises(ClaimedByColleague):
        claims.release_application(**case_by(case, other))
    claims.release_application(**case_by(case, me))
    claims.release_application(**case_by(case, me))
    case.refresh_from_db()
    assert case.officer_id is None and case.officer_changes.count() == 2


def test_a_case_is_assigned_to_colleagues_of_the_same_association_only():
    case, me = make_application(), reviewer()
    colleague, stranger = seated(reviewer()), seated(reviewer("310000"), "310000")
    with pytest.raises(RequirementsMissing):
        claims.assign_application(**case_by(case, me), officer_id=stranger.user_id)
    claims.assign_application(**case_by(case, me), officer_id=colleague.user_id)
    case.refresh_from_db()
    assert claim_of(case, now=NOW).officer_id == colleague.user_id
    with pytest.raises(ClaimedByColleague):
        claims.assign_application(**case_by(case, me), officer_id=colleague.user_id)


@pytest.mark.parametrize("act", [claims.claim_application, claims.release_application])
def test_out_of_scope_and_decided_cases_are_nobodys_to_claim(act):
    for officer in (reviewer("310000"), rechecker()):
        with pytest.raises(NotPermitted):
            act(**case_by(make_application(), officer))
    for state in (State.AGREED, State.SENT, State.REFUSED, State.WITHDRAWN):
        with pytest.raises(PortalError):
            act(**case_by(make_application(state=state), reviewer()))


def test_a_decided_case_is_nobodys():
    case, me = make_application(), reviewer()
    claims.claim_application(**case_by(case, me))
    agree_application(**arguments(case, me))
    case.refresh_from_db()
    assert case.officer_id is None


def test_next_is_the_first_free_case_of_the_view():
    late, soon, taken = (make_application(submitted_at=NOW - timedelta(days=days)) for days in (1, 20, 30))
    near = make_application(name="王晓明", submitted_at=NOW - timedelta(days=25))
    claims.claim_application(**case_by(taken, reviewer()))
    me = reviewer()
    assert claim_next(actor=me, view=read_view("checks=green"), now=NOW) == soon
    assert claim_next(actor=me, view=DeskView(), now=NOW) == near
    assert claim_next(actor=me, view=DeskView("decided"), now=NOW) == late, "a list of decided cases leads to open ones"
    assert claim_next(actor=me, view=DeskView(), now=NOW) is None
    assert claim_next(actor=reviewer("310000"), view=DeskView(), now=NOW) is None


def press(client, case, **values):
    return client.post(reverse("applicants:handling", args=[case.reference]), values, follow=True).content.decode()


def test_the_case_page_says_whose_it_is_and_what_one_can_do(desk, time_machine_now):
    case, holder, me = make_application(), reviewer(), reviewer()
    colleague = seated(reviewer())
    assert "已领取，由您办理" in press(desk(holder), case, act="claim")
    page = desk(me).get(reverse("applicants:case", args=[case.reference])).content.decode()
    assert "此件由" in page and "接办，并记入经过" in page and "同意，报中注协复核" not in page
    response = desk(me).post(reverse("applicants:agree", args=[case.reference]), {"version": case.version})
    assert "请先在页面上接办" in response.content.decode()
    assert "已接办" in press(desk(me), case, act="take_over", officer=str(holder.user_id))
    page = desk(me).get(reverse("applicants:case", args=[case.reference])).content.decode()
    assert "由您办理，到" in page and "同意，报中注协复核" in page and "经办经过" in page
    assert "已分派给" in press(desk(me), case, act="assign", officer=str(colleague.user_id))
    for nonsense in ({"act": "assign", "officer": "x" * 30}, {"act": "own"}, {}):
        press(desk(colleague), case, **nonsense)
    case.refresh_from_db()
    assert case.officer_id == colleague.user_id
    assert desk(reviewer("310000")).post(reverse("applicants:handling", args=[case.reference])).status_code == 404


def test_the_next_button_goes_on_in_the_list_one_came_from(desk, time_machine_now):
    make_application(name="王晓明", submitted_at=NOW - timedelta(days=9))
    green = make_application()
    client = desk(reviewer())
    client.get("/office/applications/?checks=green")
    assert client.post("/office/applications/next/")["Location"] == f"/office/applications/{green.reference}/"
    response = client.post("/office/applications/next/", follow=True)
    assert "没有可以领取的申请了" in response.content.decode()
    assert response.redirect_chain[0][0] == "/office/applications/?pile=decide&checks=green"
    assert Application.objects.filter(officer__isnull=False).count() == 1


def test_leave_says_who_covers_and_the_cover_sees_the_cases(desk, time_machine_now):
    case, absent, me = make_application(), seated(reviewer()), seated(reviewer())
    claims.claim_application(**case_by(case, absent))
    days = {"from_on_year": "2026", "from_on_month": "3", "from_on_day": "2"}
    days |= {"to_on_year": "2026", "to_on_month": "3", "to_on_day": "6"}
    client = desk(absent)
    wrong = client.post("/office/leave/", days | {"to_on_day": "1", "cover": str(me.user_id)}).content.decode()
    assert "最后一天不能早于第一天" in wrong
    assert (
        "已登记休假" in client.post("/office/leave/", days | {"cover": str(me.user_id)}, follow=True).content.decode()
    )
    again = client.post("/office/leave/", days | {"cover": str(me.user_id)}).content.decode()
    assert "重叠" in again
    assert case.reference in desk(me).get("/office/applications/?officer=mine").content.decode()
    page = desk(me).get(reverse("applicants:case", args=[case.reference])).content.decode()
    assert "休假到" in page and "接办，并记入经过" in page
    leave = Leave.objects.get()
    desk(me).post("/office/leave/", {"cancel": str(leave.pk)})
    assert Leave.objects.count() == 1, "nobody cancels another's leave"
    desk(absent).post("/office/leave/", {"cancel": str(leave.pk)})
    assert not Leave.objects.exists()
    assert desk(absent).post("/office/leave/", {"cancel": "x"}).status_code == 404
    assert {record.action for record in Record.objects.filter(action__startswith="leave.")} == {
        "leave.recorded",
        "leave.cancelled",
    }
