"""Fill the demo with an application in every state, each with its own invented candidate and its own past, and with
members who ask for an English letter.

What is there already stays. The candidates sign in by a code to the addresses that this prints; they stand in
demo-accounts.json, too. A correction that nobody answered ends when the portal next looks, and a certificate is made
in the seconds after: both need the portal running.
"""

import random
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.applicants.selectors.progress import applications_of_user
from apps.applicants.services.submission import submit_application
from apps.core import clock
from apps.dashboard.management.demo import letters, registrations
from apps.dashboard.management.demo.accounts_file import read_demo, write_demo
from apps.dashboard.management.demo.candidates import candidate, fill_in, has_begun, roll_row
from apps.dashboard.management.demo.desk import import_table
from apps.dashboard.management.demo.moves import Case
from apps.dashboard.management.demo.rolls import ROLL_HEAD, as_csv
from apps.dashboard.management.demo.stories import STORIES, Story

OFFICE_HOUR = time(10, 0)


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("demo_cases fills demos only: PORTAL_MODE=demo.")
        if not read_demo()["accounts"]:
            raise CommandError("There are no officers yet who could decide: load_demo first.")
        new = [(place, story) for place, story in enumerate(STORIES) if not has_begun(story)]
        rows = self._keep_roll(new) if new else {}
        for _place, story in new:
            _tell(story, rows[story.key])
        self._list([_listed(story) for story in STORIES] + _registrations() + _letters())

    def _keep_roll(self, stories) -> dict[str, list[str]]:
        chance = random.SystemRandom()
        rows = {story.key: roll_row(place, story, clock.today(), chance) for place, story in stories}
        known = [rows[story.key] for _place, story in stories if story.roll != "none"]
        import_table("roll", as_csv(ROLL_HEAD, known), "cases.csv")
        return rows

    def _list(self, cases):
        write_demo(read_demo() | {"cases": cases})
        for case in cases:
            self.stdout.write(f"  {case['key']:22} {case['reference'] or '':18} {case['email']}")


@transaction.atomic
def _tell(story: Story, row: list[str]) -> None:
    """One candidate's story, whole or not at all."""
    begun = _days_later(clock.now(), -story.days_ago)
    actor = candidate(story, begun)
    draft = fill_in(story, row, actor, begun)
    if not story.submitted:
        return
    submitted = submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=begun)
    case = Case(submitted, actor)
    for move, days in story.moves:
        case.make(move, _days_later(begun, days))


def _registrations() -> list[dict]:
    """The firm's practising registrations; those that stand in demo-accounts.json are there already."""
    now, demo = clock.now(), read_demo()
    known = {case["key"]: case for case in demo.get("cases", [])}
    for place, story in enumerate(registrations.REGISTERING):
        if story.key not in known:
            known[story.key] = _register(story, place, now)
    return [known[story.key] for story in registrations.REGISTERING]


@transaction.atomic
def _register(story, place: int, now: datetime) -> dict:
    begun = _days_later(now, -story.days_ago)
    reference = registrations.begin(story, place, begun, seated=now)
    for move, days in story.moves:
        registrations.make(move, story, reference, _days_later(begun, days), seated=now)
    return {"key": story.key, "email": story.email, "name": story.name, "reference": reference}


def _letters() -> list[dict]:
    """The members who ask for an English letter; those that stand in demo-accounts.json are there already."""
    now, demo = clock.now(), read_demo()
    known = {case["key"]: case for case in demo.get("cases", [])}
    for place, story in enumerate(letters.ASKING):
        if story.key not in known:
            known[story.key] = _ask(story, place, now)
    return [known[story.key] for story in letters.ASKING]


@transaction.atomic
def _ask(story, place: int, now: datetime) -> dict:
    begun = _days_later(now, -story.days_ago)
    reference, member = letters.begin(story, place, begun)
    for move, days in story.moves:
        letters.make(move, reference, member, _days_later(begun, days))
    return {"key": story.key, "email": story.email, "name": story.name, "reference": reference}


def _days_later(moment: datetime, days: int) -> datetime:
    """The same minute that many days on or back; whatever is not of today is at ten in the morning."""
    if not days:
        return moment
    day = clock.civil_date(moment + timedelta(days=days))
    return datetime.combine(day, OFFICE_HOUR, clock.BEIJING)


def _listed(story: Story) -> dict:
    actor = candidate(story, clock.now())
    reference = next((case.reference for case in applications_of_user(actor.user_id)), None)
    return {"key": story.key, "email": story.email, "name": story.name, "reference": reference}
