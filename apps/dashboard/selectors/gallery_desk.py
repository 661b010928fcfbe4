"""Invented work for the gallery's desk: the real list in each of its states, with names that break tables."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Route, State
from apps.core.clock import BEIJING
from apps.dashboard.selectors.gallery import NAMES

ALLOWED = 20
CHANGED = datetime(2026, 3, 12, 10, 0, tzinfo=BEIJING)
WORK = [
    {"state": State.SUBMITTED, "used": 22, "officer": NAMES["two"]},
    {"state": State.SUBMITTED, "used": 17, "officer": NAMES["english"]},
    {"state": State.RETURNED, "used": 9, "provisional": True},
    {"state": State.CORRECTION_REQUESTED, "used": 4, "paused": True},
    {"state": State.SUBMITTED, "used": 0, "green": True},
    {"state": State.AGREED, "used": None, "green": True},
    {"state": State.CONFIRMED, "used": None},
    {"state": State.REFUSED, "used": None},
]


def work_list(*, kind: str) -> dict:
    """What its template asks for. `kind`: full, filtered (every box ticked), nothing, or nothing-found."""
    is_narrowed = kind in {"filtered", "nothing-found"}
    pile = {"key": "decide", "label": _("待我方决定")}
    return {
        "pile": pile,
        "piles": [
            {**pile, "count": 12_480, "url": "?", "is_chosen": True},
            {"label": _("等申请人补正"), "count": 0, "url": "?", "is_chosen": False},
        ],
        "own_views": [{"label": NAMES["long"], "count": 1, "url": "?", "is_chosen": False}],
        "chosen": [(_("途径"), Route.LATE.label, "?"), (_("经办"), NAMES["english"], "?")] if is_narrowed else [],
        "view": {"query": ""},
        "rows": [] if kind.startswith("nothing") else [_row(number, work) for number, work in enumerate(WORK)],
        "tick_all": kind == "filtered",
        "tick_url": "?",
        "plain_url": "?",
        "previous_url": "?",
        "next_url": "?",
    }


def _row(number: int, work: dict) -> dict:
    names, routes, used = list(NAMES.values()), list(Route), work["used"]
    left = None if used is None else ALLOWED - used
    return {
        "name": names[number % len(names)],
        "application": {
            "reference": f"ZJ-2026-{number:04d}-9Q",
            "version": 1,
            "state": work["state"],
            "get_state_display": work["state"].label,
            "route": routes[number % len(routes)],
            "decide_by": date(2026, 3, 28),
            "decide_by_provisional": work.get("provisional", False),
            "changed_at": CHANGED,
        },
        "clock": {"allowed": ALLOWED, "is_paused": work.get("paused", False)},
        "used": used,
        "days_left": left,
        "days_over": -left if left is not None else 0,
        "checks_green": work.get("green", False),
        "claim": {"officer": work["officer"]} if "officer" in work else None,
        "can_be_agreed_in_bulk": work.get("green", False),
        "age": number * 7,
    }
