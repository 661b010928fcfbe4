"""The work list: the nearest deadline first, page by page, at a fixed price."""

import re
from datetime import timedelta

import pgtrigger
import pytest
from django.urls import reverse

from apps.applicants.enums import Action, State
from apps.applicants.models import Application, SavedView, Step
from apps.applicants.selectors.desk_page import COUNTED, pile_counts, work_list_page
from apps.applicants.selectors.desk_view import DAYS_LEFT, PILES, DeskView, read_view
from apps.applicants.services.claims import claim_application
from apps.associations.models import Leave
from apps.core.encryption import create_data_key
from apps.core.working_days import add_working_days
from apps.people.models import Person
from apps.rules.selectors import rule_value, working_calendar
from tests.factories.accounts import make_user
from tests.factories.applicants import NOW, make_application, reviewer

pytestmark = pytest.mark.django_db


def many(count: int) -> None:
    """Cases in bulk, past the triggers; deadlines repeat, so that the second key of the order matters."""
    key, user = create_data_key(), make_user("many@example.org")
    people = Person.objects.bulk_create(Person(data_key=key, name="某人", created_at=NOW) for _person in range(count))
    cases = [
        Application(
            user=user,
            data_key=key,
            answers={"name": "某人"},
            state=State.SUBMITTED,
            association_id="330000",
            person=person,
            reference=f"ZJ-{number}",
            created_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
            decide_by=NOW.date() + timedelta(days=number % 7),
        )
        for number, person in enumerate(people)
    ]
    with pgtrigger.ignore("applicants.Application:state_starts"):
        Application.objects.bulk_create(cases)
    Step.objects.bulk_create(
        Step(
            application=case,
            action=Action.SUBMIT,
            from_state=State.DRAFT,
            to_state=State.SUBMITTED,
            at=NOW,
            actor_label="x",
        )
        for case in cases
    )


def page_of(actor, view, **cursor):
    return work_list_page(actor, view, working_calendar(), now=NOW, **cursor)


@pytest.mark.parametrize("count", [3, 300])
def test_the_work_list_asks_the_database_the_same_however_long_it_is(desk, count, django_assert_max_num_queries):
    many(count)
    client = desk(reviewer())
    rule_value("application.local_days", on=NOW.date())
    working_calendar()
    with django_assert_max_num_queries(16) as queries:
        assert client.get(reverse("applicants:worklist")).status_code == 200
    _seen.add(len(queries))
    assert len(_seen) == 1


_seen: set[int] = set()


def test_pages_follow_each_other_and_lead_back():
    many(23)
    actor, view = reviewer(), DeskView("decide")
    wanted = list(Application.objects.order_by("decide_by", "id").values_list("pk", flat=True))
    seen, cursor, pages = [], "", []
    while True:
        page = page_of(actor, view, after=cursor, size=10)
        pages.append([row.pk for row in page.rows])
        seen += pages[-1]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == wanted and [len(rows) for rows in pages] == [10, 10, 3]
    back = page_of(actor, view, before=page.previous_cursor, size=10)
    assert [row.pk for row in back.rows] == pages[1]
    first = page_of(actor, view, before=back.previous_cursor, size=10)
    assert [row.pk for row in first.rows] == pages[0] and first.previous_cursor == ""
    assert page_of(actor, view, after=first.next_cursor, size=10).rows[0].pk == pages[1][0]


def test_counts_agree_with_the_piles():
    for state in State:
        if state not in (State.DRAFT, State.AGREED):
            make_application(state=state)
    make_application(state=State.AGREED)
    make_application(association="310000")
    actor = reviewer()
    counts = pile_counts(actor, working_calendar(), now=NOW)
    assert counts == {key: len(page_of(actor, DeskView(key)).rows) for key in PILES}
    known = {"decide": 2, "green": 1, "waiting": 1, "agreed": 1, "sent": 1, "returned": 1, "open": 5, "decided": 4}
    assert counts == known | {"answered": 0, "asked": 0, "held": 0}


def references(actor, view, **cursor):
    return [row.reference for row in page_of(actor, view, **cursor).rows]


def test_every_order_is_followed_page_by_page_in_both_directions():
    """Several states and associations are merged: no row is lost, none comes twice, in any order."""
    many(9)
    for state in (State.RETURNED, State.AGREED, State.CORRECTION_REQUESTED, State.WITHDRAWN, State.REFUSED):
        make_application(state=state)
        make_application(state=state, association="310000")
    actor = reviewer("330000", "310000")
    for pile in PILES:
        view = DeskView(pile)
        whole = references(actor, view)
        forwards, cursor = [], ""
        while cursor is not None:
            page = page_of(actor, view, after=cursor, size=2)
            forwards += [row.reference for row in page.rows]
            last, cursor = page, page.next_cursor or None
        assert forwards == whole and len(set(whole)) == len(whole)
        back = [row.reference for row in last.rows]
        while last.previous_cursor:
            last = page_of(actor, view, before=last.previous_cursor, size=2)
            back = [row.reference for row in last.rows] + back
        assert back == whole


def test_a_list_is_narrowed_by_route_age_days_left_and_checks():
    fresh = make_application()
    near = make_application(name="王晓明", submitted_at=NOW - timedelta(days=28))
    late = make_application(submitted_at=NOW - timedelta(days=60))
    actor = reviewer()
    wanted = {
        "": {fresh, near, late},
        "checks=green": {fresh, late},
        "checks=person": {near},
        "age=week": {fresh},
        "age=month": {near},
        "age=old": {late},
        "left=late": {late},
        "left=near": {near},
        "left=far": {fresh},
        "route=late": set(),
        "route=fresh_passer&state=submitted": {fresh, near, late},
        "state=returned": set(),
        "pile=green": {fresh, late},
        "route=nonsense&left=nonsense&state=confirmed&officer=-1": {fresh, near, late},
    }
    found = {query: set(page_of(actor, read_view(query)).rows) for query in wanted}
    assert found == wanted


@pytest.mark.parametrize("left", [0, 5, 6, 10, 11])
def test_days_left_in_the_filter_are_those_of_the_row(left):
    """Held against the clock itself, at each border between two answers."""
    day = add_working_days(working_calendar(), NOW.date(), left)
    case = make_application()
    Application.objects.filter(pk=case.pk).update(decide_by=day)
    found = [key for key in DAYS_LEFT if references(reviewer(), DeskView(left=key))]
    assert found == ["near" if left <= 5 else "soon" if left <= 10 else "far"]


def test_mine_is_mine_and_what_i_cover_and_nobodys_is_what_has_lapsed():
    mine, covered, foreign, lapsed, free = (make_application() for _case in range(5))
    me, absent, other = reviewer(), reviewer(), reviewer()
    Leave.objects.create(
        user_id=absent.user_id, cover_id=me.user_id, from_on=NOW.date(), to_on=NOW.date(), recorded_at=NOW
    )
    for case, officer, hours in ((mine, me, 0), (covered, absent, 1), (foreign, other, 23), (lapsed, other, 24)):
        claim_application(actor=officer, application_id=case.pk, now=NOW - timedelta(hours=hours))
    assert set(references(me, DeskView(officer="mine"))) == {mine.reference, covered.reference}
    assert set(references(me, DeskView(officer="nobody"))) == {lapsed.reference, free.reference}
    assert references(me, DeskView(officer=str(other.user_id))) == [foreign.reference]
    tomorrow = work_list_page(
        me, DeskView(officer="mine"), working_calendar(), now=NOW + timedelta(days=1), size=50
    ).rows
    assert tomorrow == [], "claims lapse and covers end by time, without any tick"


def test_an_address_says_the_same_when_it_is_read_again():
    view = read_view({"pile": "open", "state": "agreed", "left": "near", "officer": "mine", "age": "old", "x": "y"})
    assert read_view(view.query) == view == DeskView("open", "agreed", "", "old", "near", "", "mine")


def test_counts_stop_where_more_tells_nobody_anything(monkeypatch):
    many(12)
    monkeypatch.setattr("apps.applicants.selectors.desk_page.COUNTED", 9)
    assert pile_counts(reviewer(), working_calendar(), now=NOW)["decide"] == 10
    assert COUNTED == 999


@pytest.mark.parametrize("count", [0, 1, 60])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_list_says_what_is_there(desk, count, language):
    many(count)
    page = desk(reviewer()).get("/office/applications/", headers={"accept-language": language}).content.decode()
    assert page.count('class="row-link"') == min(count, 50)
    assert ('rel="next"' in page) == (count > 50)
    nothing = {"zh-hans": "这一类现在没有申请", "en": "There is nothing here now"}[language]
    assert (nothing in page) == (count == 0)
    narrowed = desk(reviewer()).get("/office/applications/?route=late").content.decode()
    assert "没有符合这些条件的申请" in narrowed and "去掉筛选条件" in narrowed


def test_own_views_stand_beside_the_list_with_their_counts(desk):
    make_application()
    client, officer = desk(me := reviewer()), me.user_id
    client.post("/office/applications/views/", {"act": "save", "name": " 本周  到期 ", "query": "checks=green&x=1"})
    saved = SavedView.objects.get(user_id=officer)
    assert (saved.name, saved.query) == ("本周 到期", "pile=decide&checks=green")
    page = client.get(f"/office/applications/?{saved.query}").content.decode()
    assert re.search(r'aria-current="page"><span>本周 到期</span> <span class="pile-count">1<', page)
    again = client.post("/office/applications/views/", {"act": "save", "name": "本周 到期", "query": ""}, follow=True)
    assert "同名的视图" in again.content.decode()
    client.post("/office/applications/views/", {"act": "rename", "view": str(saved.pk), "name": "急件"})
    assert "急件" in client.get("/office/applications/views/").content.decode()
    stranger = desk(reviewer())
    stranger.post("/office/applications/views/", {"act": "delete", "view": str(saved.pk)})
    stranger.post("/office/applications/views/", {"act": "rename", "view": str(saved.pk), "name": "我的"})
    saved.refresh_from_db()
    assert saved.name == "急件", "nobody touches another's view"
    for bad in ("", " ", "长" * 41):
        assert (
            "名称"
            in client.post(
                "/office/applications/views/", {"act": "save", "name": bad, "query": ""}, follow=True
            ).content.decode()
        )
    desk(me).post("/office/applications/views/", {"act": "delete", "view": str(saved.pk)})
    assert not SavedView.objects.filter(user_id=officer).exists()
