"""Fill a demo: officers of each role, an invented roll of passers, practising members in invented firms, a firm
with its head and an agent, test seals.

What is there already stays; passwords and people are random at each installation and stand in demo-accounts.json only.
"""

import random

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.enums import SignInKind
from apps.accounts.selectors import user_by_sign_in_name
from apps.core import clock
from apps.core.actor import Actor
from apps.dashboard.management.demo.accounts_file import read_demo, write_demo
from apps.dashboard.management.demo.desk import import_table
from apps.dashboard.management.demo.firm import make_firm_people
from apps.dashboard.management.demo.rolls import MEMBERS_HEAD, ROLL_HEAD, as_csv, passers, practising_members
from apps.dashboard.management.demo.staff import POSTS, make_officers
from apps.imports.selectors import was_imported
from apps.rules.services import RuleChange, change_rule

DEMO_FIRM = "33000001"
"""One of those that the invented members bring with them."""


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("load_demo fills demos only: PORTAL_MODE=demo.")
        call_command("make_seal_keys", verbosity=0)
        demo = read_demo()
        if not demo["accounts"]:
            _shorten_take_back()
        known = [account for account in demo["accounts"] if user_by_sign_in_name(SignInKind.EMAIL, account["email"])]
        missing = [post for post in POSTS if post.email not in {account["email"] for account in known}]
        if missing:
            demo["accounts"] = known + make_officers(missing, now=clock.now())
            write_demo(demo)
        chance = random.Random(random.SystemRandom().getrandbits(64))
        if not was_imported("roll"):
            roll = passers(clock.today(), chance)
            people = {"passers": [_as_passer(row) for row in roll[:5]], "practising_candidate": _as_passer(roll[5])}
            write_demo(demo | people)
            self._import("roll", as_csv(ROLL_HEAD, roll))
        if not was_imported("members"):
            members = practising_members(clock.today(), chance)
            write_demo(read_demo() | {"cpa": {"name": members[0][0], "number": members[0][4]}})
            self._import("members", as_csv(MEMBERS_HEAD, members))
        if "firm" not in (demo := read_demo()):
            write_demo(demo | {"firm": make_firm_people(DEMO_FIRM, now=clock.now())})

    def _import(self, kind, content):
        job = import_table(kind, content, f"{kind}.csv")
        self.stdout.write(f"{kind}: {job.get_state_display()}, {job.row_count}")


def _shorten_take_back() -> None:
    """One minute in place of ten, as a dated row like any other: who tries the demo sees it and need not wait long."""
    change = RuleChange("application.take_back_minutes", 1, clock.today())
    change_rule(actor=Actor.system("load_demo"), change=change, now=clock.now())


def _as_passer(row: list[str]) -> dict:
    number, name, kind, identity_number, day, province = row
    return {
        "name": name,
        "identity_type": kind,
        "identity_number": identity_number,
        "certificate_number": number,
        "certificate_on": day,
        "association": province,
    }
