"""The calendars, rules and reasons that the portal ships with. What exists stays as it is."""

import json
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from apps.core.actor import Actor
from apps.rules.models import CalendarYear, Reason, Rule
from apps.rules.selectors import forget_rules
from apps.rules.services.calendars import load_calendar_year

REFERENCE = Path(__file__).parents[1] / "reference"


@transaction.atomic
def load_reference_data(*, now: datetime) -> None:
    """Calendars 2015-2026, and each rule and reason of which there is no row yet."""
    actor = Actor.system("reference data")
    known = set(CalendarYear.objects.values_list("year", flat=True))
    for entry in _read("calendars.json"):
        if entry["year"] not in known:
            load_calendar_year(
                actor=actor,
                year=entry["year"],
                holidays=map(date.fromisoformat, entry["holidays"]),
                make_up_days=map(date.fromisoformat, entry["make_up_days"]),
                notice=entry["notice"],
                now=now,
            )
    _add_missing_rules(now)
    _add_missing_reasons()
    forget_rules()


def _add_missing_rules(now: datetime) -> None:
    known = set(Rule.objects.values_list("key", flat=True))
    shipped = [entry for entry in _read("rules.json") if entry["key"] not in known]
    Rule.objects.bulk_create(Rule(recorded_at=now, recorded_by_label="reference data", **entry) for entry in shipped)


def _add_missing_reasons() -> None:
    known = set(Reason.objects.values_list("code", flat=True))
    Reason.objects.bulk_create(
        Reason(position=position, **entry)
        for position, entry in enumerate(_read("reasons.json"))
        if entry["code"] not in known
    )


def _read(name: str) -> list[dict]:
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))
