"""The work list: the nearest deadline first, page by page, at a fixed price."""

from datetime import timedelta

import pgtrigger
import pytest
from django.urls import reverse

from apps.applicants.enums import Action, State
from apps.applicants.models import Application, Step
from apps.applicants.selectors.worklist import PILES, pile_counts, work_list_page
from apps.core.encryption import create_data_key
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


@pytest.mark.parametrize("count", [3, 300])
def test_the_work_list_asks_the_database_the_same_however_long_it_is(desk, count, django_assert_max_num_queries):
    many(count)
    client = desk(reviewer())
    rule_value("application.local_days", on=NOW.date())
    working_calendar()
    with django_assert_max_num_queries(10) as queries:
        assert client.get(reverse("applicants:worklist")).status_code == 200
    _seen.add(len(queries))
    assert len(_seen) == 1


_seen: set[int] = set()


def test_pages_follow_each_other_and_lead_back():
    many(23)
    actor, pile = reviewer(), PILES["decide"]
    wanted = list(Application.objects.order_by("decide_by", "id").values_list("pk", flat=True))
    seen, cursor, pages = [], "", []
    while True:
        page = work_list_page(actor, pile, after=cursor, size=10)
        pages.append([row.pk for row in page.rows])
        seen += pages[-1]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == wanted and [len(rows) for rows in pages] == [10, 10, 3]
    back = work_list_page(actor, pile, before=page.previous_cursor, size=10)
    assert [row.pk for row in back.rows] == pages[1]
    first = work_list_page(actor, pile, before=back.previous_cursor, size=10)
    assert [row.pk for row in first.rows] == pages[0] and first.previous_cursor == ""
    assert work_list_page(actor, pile, after=first.next_cursor, size=10).rows[0].pk == pages[1][0]


def test_counts_agree_with_the_piles():
    for state in State:
        if state not in (State.DRAFT, State.AGREED):
            make_application(state=state)
    make_application(state=State.AGREED)
    make_application(association="310000")
    actor = reviewer()
    counts = pile_counts(actor)
    assert counts == {key: len(work_list_page(actor, pile).rows) for key, pile in PILES.items()}
    assert counts == {"decide": 2, "waiting": 1, "agreed": 1, "sent": 1, "returned": 1, "decided": 4}
