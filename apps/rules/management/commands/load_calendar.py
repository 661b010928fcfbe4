"""Load the State Council's notice for a year from a JSON file.

The file: {"year": 2027, "notice": "国办发明电〔2026〕…号", "holidays": ["2027-01-01", …], "make_up_days": [...]}
"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.core import clock
from apps.core.actor import Actor
from apps.rules.services import CalendarRefused, load_calendar_year


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            notice = json.loads(file.read_text(encoding="utf-8"))
            year = load_calendar_year(
                actor=Actor.system("load_calendar"),
                year=notice["year"],
                holidays=[date.fromisoformat(day) for day in notice["holidays"]],
                make_up_days=[date.fromisoformat(day) for day in notice["make_up_days"]],
                notice=notice["notice"],
                now=clock.now(),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} is not a calendar: {error}. {__doc__}") from error
        except CalendarRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{year.year}: {year.days.count()} days ({year.notice}). Deadlines are being counted afresh.")
