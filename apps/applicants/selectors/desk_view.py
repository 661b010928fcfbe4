"""A view of the work list is an address: which states, narrowed how, in which order. Nothing else decides a list."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import LOCAL_STATES, OPEN_STATES, Office, Route, State
from apps.applicants.policies import RECHECKED_STATES
from apps.applicants.selectors.holds import held_on
from apps.applicants.selectors.messages import has_new_answer, has_open_question
from apps.core.clock import BEIJING
from apps.core.working_days import WorkingCalendar, add_working_days


@dataclass(frozen=True)
class Pile:
    """A fixed view. `by` is what its rows are ordered by: nearest deadline, latest change or longest wait first."""

    key: str
    label: str
    states: tuple[str, ...]
    by: str = "decide_by"
    is_green: bool = False
    only: Callable[[date], Q] | None = None
    """What else must hold on a day."""


def _not_held(day: date) -> Q:
    return ~held_on(day)


def _answered(_day: date) -> Q:
    return has_new_answer()


def _asked(_day: date) -> Q:
    return has_open_question(Office.LOCAL)


PILES = {
    pile.key: pile
    for pile in (
        Pile("decide", _("待我方决定"), tuple(sorted(LOCAL_STATES)), only=_not_held),
        Pile("green", _("核对全部合格"), (State.SUBMITTED,), is_green=True, only=_not_held),
        Pile("answered", _("申请人有新答复"), tuple(sorted(OPEN_STATES)), "submitted_at", only=_answered),
        Pile("asked", _("中注协有问题待答"), tuple(sorted(RECHECKED_STATES)), "submitted_at", only=_asked),
        Pile("held", _("暂缓办理"), tuple(sorted(LOCAL_STATES)), only=held_on),
        Pile("waiting", _("等申请人补正"), (State.CORRECTION_REQUESTED,)),
        Pile("agreed", _("已同意，待报送"), (State.AGREED,), "-changed_at"),
        Pile("sent", _("中注协复核中"), (State.SENT,)),
        Pile("returned", _("复核退回"), (State.RETURNED,)),
        Pile("open", _("全部在办"), tuple(sorted(OPEN_STATES)), "submitted_at"),
        Pile("decided", _("已办结"), (State.CONFIRMED, State.REFUSED, State.WITHDRAWN, State.EXPIRED), "-changed_at"),
    )
}
FIRST_PILE = "decide"

AGES = {
    "week": (_("7 天以内"), 0, 7),
    "month": (_("8–30 天"), 8, 30),
    "old": (_("30 天以上"), 31, None),
}
"""Calendar days since the receipt, both ends included."""
DAYS_LEFT = {
    "late": (_("已超期"), None, -1),
    "near": (_("剩 0–5 个工作日"), 0, 5),
    "soon": (_("剩 6–10 个工作日"), 6, 10),
    "far": (_("剩 10 个工作日以上"), 11, None),
}
CHECKS = {"green": _("全部合格"), "person": _("需人工核对")}
MINE, NOBODY = "mine", "nobody"


@dataclass(frozen=True)
class DeskView:
    """What an address says; what it says wrongly is left out, so that every address is a list."""

    pile: str = FIRST_PILE
    state: str = ""
    route: str = ""
    age: str = ""
    left: str = ""
    checks: str = ""
    officer: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        return (self.state,) if self.state else PILES[self.pile].states

    @property
    def by(self) -> str:
        return "submitted_at" if self.age else PILES[self.pile].by

    @property
    def is_narrowed(self) -> bool:
        return self != DeskView(self.pile)

    @property
    def query(self) -> str:
        """The canonical query string, which a saved view keeps."""
        return urlencode({key: value for key, value in asdict(self).items() if value})

    def of_pile(self) -> "DeskView":
        return DeskView(self.pile)

    def without(self, key: str) -> "DeskView":
        return replace(self, **{key: ""})


def read_view(typed: Mapping | str) -> DeskView:
    """From a request's parameters, or from a query string that was kept."""
    values = dict(parse_qsl(typed)) if isinstance(typed, str) else typed
    pile = values.get("pile", "")
    pile = pile if pile in PILES else FIRST_PILE
    officer = values.get("officer", "")
    return DeskView(
        pile=pile,
        state=_known(values.get("state", ""), PILES[pile].states),
        route=_known(values.get("route", ""), Route.values),
        age=_known(values.get("age", ""), AGES),
        left=_known(values.get("left", ""), DAYS_LEFT),
        checks=_known(values.get("checks", ""), CHECKS),
        officer=officer if officer in (MINE, NOBODY) or (officer.isdecimal() and len(officer) < 19) else "",
    )


def _known(value: str, values) -> str:
    return value if value in values else ""


def narrowed(view: DeskView, calendar: WorkingCalendar, *, today: date) -> Q:
    """The conditions that do not depend on whose case it is."""
    only = PILES[view.pile].only
    condition = only(today) if only else Q()
    if view.route:
        condition &= Q(route=view.route)
    if view.checks or PILES[view.pile].is_green:
        condition &= Q(checks_green=view.checks != "person")
    if view.age:
        _label, least, most = AGES[view.age]
        condition &= _received(today, least, most)
    if view.left:
        condition &= _due(calendar, today, *DAYS_LEFT[view.left][1:])
    return condition


def _received(today: date, least: int, most: int | None) -> Q:
    """Between so many days ago; whole Beijing days."""
    condition = Q(submitted_at__lt=_midnight(today - timedelta(days=least - 1)))
    return condition if most is None else condition & Q(submitted_at__gte=_midnight(today - timedelta(days=most)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BEIJING)


def _due(calendar: WorkingCalendar, today: date, least: int | None, most: int | None) -> Q:
    """So many working days are left: none is left on the last day itself, and on days of rest after it."""
    if least is None:
        return Q(decide_by__lt=today)
    first = today if least == 0 else add_working_days(calendar, today, least)
    condition = Q(decide_by__gte=first)
    return condition if most is None else condition & Q(decide_by__lt=add_working_days(calendar, today, most + 1))
