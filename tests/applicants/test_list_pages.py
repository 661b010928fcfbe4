"""Lists that grow are read page by page from a cursor on: nothing twice, nothing left out, both ways."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from apps.applicants.enums import AppealAction, State
from apps.applicants.models import Appeal, Application
from apps.applicants.selectors.appeals import decided_appeals, waiting_appeals
from apps.applicants.selectors.corrections import late_questions, unreached_cases
from apps.applicants.services.appeals import decide_appeal, file_appeal
from apps.core import keyset
from apps.core.keyset import keyset_page
from tests.factories.applicants import NOW, applicant_of, make_application, rechecker, reviewer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def walk(rows, by, **kind) -> tuple[list, list]:
    """All pages of two, forwards from the first, then back from the last."""
    forwards, backwards, page = [], [], keyset_page(rows, by, size=2, **kind)
    while True:
        forwards.append([row.pk for row in page.rows])
        if not page.next_cursor:
            break
        page = keyset_page(rows, by, after=page.next_cursor, size=2, **kind)
    while True:
        backwards.insert(0, [row.pk for row in page.rows])
        if not page.previous_cursor:
            return forwards, backwards
        page = keyset_page(rows, by, before=page.previous_cursor, size=2, **kind)


def appealed(count: int) -> list[Appeal]:
    cases = [make_application(state=State.REFUSED) for _case in range(count)]
    given = {"grounds": "名单有误", "now": NOW}
    return [file_appeal(actor=applicant_of(case), application_id=case.pk, **given) for case in cases]


def untold(count: int) -> list[Application]:
    return [make_application(state=State.CORRECTION_REQUESTED) for _case in range(count)]


@pytest.fixture
def lists():
    """Each list with five rows, several of one day or moment, and what it is ordered by."""
    judge = rechecker()
    for appeal in appealed(5):
        given = {"actor": judge, "action": AppealAction.UPHOLD, "answer": "维持", "now": NOW}
        decide_appeal(appeal_id=appeal.pk, version=appeal.application.version, **given)
    appealed(5)
    untold(5)
    return {
        "waiting": (waiting_appeals(rechecker()), "decide_by", {"kind": date}),
        "decided": (decided_appeals(rechecker()), "-decided_at", {}),
        "unreached": (unreached_cases(reviewer(), now=LATER), "changed_at", {}),
    }


def test_every_row_stands_on_one_page_in_both_directions(lists):
    for name, (rows, by, kind) in lists.items():
        forwards, backwards = walk(rows, by, **kind)
        assert [len(page) for page in forwards] == [2, 2, 1], name
        assert len({pk for page in forwards for pk in page}) == 5
        assert [pk for page in backwards for pk in page][-5:] == [pk for page in forwards for pk in page]


def test_late_questions_too():
    for case in untold(3):
        item = case.corrections.get().items.first()
        item.late_reason = "考试办公室才回复"
        item.save()
    forwards, backwards = walk(late_questions(rechecker()), "-asked_at")
    assert [len(page) for page in forwards] == [len(page) for page in backwards] == [2, 1]


@pytest.mark.parametrize("cursor", ["rubbish", "2026-03-02~", "~0", "2026-03-02T00:00:00~zz", "9999-99-99~" + "0" * 32])
def test_an_unreadable_cursor_starts_from_the_top(lists, cursor):
    rows, by, kind = lists["waiting"]
    assert keyset_page(rows, by, after=cursor, size=2, **kind).rows == keyset_page(rows, by, size=2, **kind).rows


def test_the_pages_lead_on(lists, desk, monkeypatch, time_machine):
    time_machine.move_to(LATER, tick=False)
    monkeypatch.setattr(keyset.keyset_page, "__kwdefaults__", keyset.keyset_page.__kwdefaults__ | {"size": 2})
    for name, officer in (("appeals", rechecker()), ("unreached", reviewer())):
        client, address = desk(officer), reverse(f"applicants:{name}")
        page = client.get(address).content.decode()
        assert "下一页" in page and "上一页" not in page
        seen = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        second = client.get(address + seen).content.decode()
        assert "上一页" in second and second != page
    decided = client_page(desk(rechecker()), "decided_after")
    assert "<details open>" in decided


def client_page(client, name):
    page = client.get(reverse("applicants:appeals")).content.decode()
    query = page.split(f'href="?{name}=')[1].split('"')[0]
    return client.get(f"{reverse('applicants:appeals')}?{name}={query}").content.decode()
