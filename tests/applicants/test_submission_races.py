"""Two at once: one receipt for a double click, one open application for two accounts of one person."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from apps.applicants.enums import State
from apps.applicants.models import Application, Step
from apps.applicants.services.submission import SecondApplication, submit_application
from apps.people.models import Person
from tests.factories.candidates import NOW, candidate, make_draft
from tests.factories.people import resident_id

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; a result each, or the error."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def submit(draft, actor):
    return lambda: submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=NOW)


def test_double_click_at_the_same_moment_is_one_submission():
    actor = candidate()
    draft = make_draft(actor=actor)
    results = at_once(*[submit(draft, actor)] * 4)
    assert len({case.reference for case in results}) == 1
    assert Step.objects.count() == 1


def test_two_accounts_of_one_person_at_the_same_moment_make_one_application():
    number, first, second = resident_id(), candidate(), candidate()
    drafts = [(make_draft(actor=actor, identity_number=number), actor) for actor in (first, second)]
    results = at_once(*[submit(*pair) for pair in drafts])
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [SecondApplication]
    assert Application.objects.filter(state=State.SUBMITTED).count() == 1
    assert Person.objects.count() == 1
