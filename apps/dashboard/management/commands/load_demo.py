"""Fill a demo: officers of each role, an invented roll of passers, practising members in invented firms, test seals.

What is there already stays; passwords and people are random at each installation and stand in demo-accounts.json only.
"""

import json
import os
import random

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.enums import SignInKind
from apps.accounts.selectors import user_by_sign_in_name
from apps.associations.selectors import seats_on
from apps.core import clock
from apps.core.actor import Actor, ActorKind
from apps.dashboard.management.demo.rolls import MEMBERS_HEAD, ROLL_HEAD, as_csv, passers, practising_members
from apps.dashboard.management.demo.staff import POSTS, make_officers
from apps.imports.selectors import was_imported
from apps.imports.services import commit_job, upload_table, work_on_due


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("load_demo fills demos only: PORTAL_MODE=demo.")
        call_command("make_seal_keys", verbosity=0)
        path = settings.DATA_DIR / "demo-accounts.json"
        demo = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"accounts": [], "passers": []}
        known = [account for account in demo["accounts"] if user_by_sign_in_name(SignInKind.EMAIL, account["email"])]
        missing = [post for post in POSTS if post.email not in {account["email"] for account in known}]
        if missing:
            demo["accounts"] = known + make_officers(missing, now=clock.now())
            _write(path, demo)
        chance = random.Random(random.SystemRandom().getrandbits(64))
        if not was_imported("roll"):
            roll = passers(clock.today(), chance)
            _write(path, demo | {"passers": [_as_passer(row) for row in roll[:5]]})
            self._import("roll", as_csv(ROLL_HEAD, roll))
        if not was_imported("members"):
            members = practising_members(clock.today(), chance)
            demo = json.loads(path.read_text(encoding="utf-8"))
            _write(path, demo | {"cpa": {"name": members[0][0], "number": members[0][4]}})
            self._import("members", as_csv(MEMBERS_HEAD, members))

    def _import(self, kind, content):
        registrar = _registrar()
        job = upload_table(
            actor=registrar, kind=kind, content=content, filename=f"{kind}.csv", language="zh-hans", now=clock.now()
        )
        work_on_due(clock=clock.now)
        commit_job(actor=registrar, job_id=job.pk, now=clock.now())
        work_on_due(clock=clock.now)
        job.refresh_from_db()
        self.stdout.write(f"{kind}: {job.get_state_display()}, {job.row_count}")


def _registrar() -> Actor:
    email = next(post.email for post in POSTS if post.role == "registrar")
    user = user_by_sign_in_name(SignInKind.EMAIL, email)
    return Actor(
        ActorKind.USER, user.display_name, user_id=user.pk, seats=seats_on(user.pk, clock.today()), second_factor=True
    )


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


def _write(path, demo: dict) -> None:
    """Readable by the owner only, and never half-written."""
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(demo, file, ensure_ascii=False, indent=1)
    draft.replace(path)
