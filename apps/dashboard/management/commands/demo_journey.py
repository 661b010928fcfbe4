"""Play the whole job against a running portal, through its public addresses only.

A passer is invented and imported, applies, is agreed to, sent, confirmed; the member downloads the sealed
certificate, and anybody checks it. Each step is printed with its time; the exit status tells whether all went well.
It is the smoke test after a deployment, too: then --accounts names a file with three officers' accounts in the form of
demo-accounts.json, and mailed codes are asked for at the terminal.
"""

import json
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core import clock
from apps.dashboard.management.journey.invented import invent_passer
from apps.dashboard.management.journey.steps import Journey, steps
from apps.dashboard.management.journey.visitor import JourneyFailed

ROLES = ("registrar", "reviewer", "rechecker")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--url", default=settings.PUBLIC_URL)
        parser.add_argument("--accounts", type=Path, default=settings.DATA_DIR / "demo-accounts.json")
        parser.add_argument("--association", default="330000", help="code of the reviewer's association")

    def handle(self, *, url, accounts, association, **options):
        folder = settings.DATA_DIR / "journey"
        folder.mkdir(parents=True, exist_ok=True)
        listed = _listed(accounts)
        journey = Journey(
            base_url=url,
            accounts=_officers(listed["accounts"], accounts, association),
            association=association,
            passer=invent_passer(clock.today()),
            today=clock.today(),
            folder=folder,
            cpa=listed.get("cpa"),
        )
        begun = time.monotonic()
        for name, step in steps(journey):
            self._take(name, step, journey)
        self.stdout.write(self.style.SUCCESS(f"All went well in {time.monotonic() - begun:.1f} s."))
        self.stdout.write(f"{journey.certificate}\n{journey.check_address}: {journey.verdict}")

    def _take(self, name, step, journey):
        started = time.monotonic()
        try:
            result = step(journey)
        except (JourneyFailed, OSError) as error:
            raise CommandError(f"{name}: {error}") from error
        self.stdout.write(f"{time.monotonic() - started:6.2f} s  {name}: {result}")


def _listed(path: Path) -> dict:
    """What the accounts file says. Raises CommandError where it cannot be read or lists no accounts."""
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        return listed | {"accounts": listed["accounts"]}
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{path} does not list the officers' accounts ({error}). Start the demo first.") from error


def _officers(accounts: list[dict], path: Path, association: str) -> dict[str, dict]:
    """One account for each role, the reviewer of this association. Raises CommandError where one is missing."""
    officers = {}
    for account in accounts:
        if account["role"] in ROLES and (account["role"] != "reviewer" or account["association"] == association):
            officers.setdefault(account["role"], account)
    if missing := set(ROLES) - set(officers):
        raise CommandError(f"{path} has no {', '.join(sorted(missing))} for {association}.")
    return officers
