"""The portal's own figures for everybody: how long it takes, how many are admitted, how many certificates hold.

Three queries, kept for a quarter of an hour. Whoever finds them old counts anew while all others still read the old
ones; where the cache is gone, every reader counts, and the page is right all the same.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.applicants.selectors.figures import local_decision_days
from apps.associations.selectors import all_associations
from apps.certificates.selectors import count_of_valid_certificates
from apps.core.clock import civil_date
from apps.dashboard.selectors.charts import bar_chart, line_chart
from apps.members.selectors import admissions_by_day
from apps.rules.selectors import working_calendar

KEY = "dashboard.figures.1"
FRESH = timedelta(minutes=15)
KEPT_SECONDS = 24 * 3600
COUNTING_SECONDS = 60
"""How long one reader may count before another tries."""

DECISION_DAYS, ADMISSION_DAYS, MONTHS = 90, 30, 12
FEWEST = 5
"""An association with fewer decisions is not shown by itself: its figure would be somebody's case."""


DAYS, ADMITTED, CERTIFICATES = "days", "admitted", "certificates"
"""The places of their definitions on /figures/."""


@dataclass(frozen=True)
class ServiceFigures:
    counted_at: datetime
    decisions: int
    decision_days: int | float | None
    """The median of working days; None without a decision."""
    by_association: tuple[tuple[str, int | float, int], ...]
    """Code, median, decisions; the quickest first."""
    admissions: int
    admissions_by_month: tuple[tuple[date, int], ...]
    """By the first of the month: twelve that are over, and the present one so far."""
    certificates: int

    @property
    def last_month(self) -> date:
        return self.admissions_by_month[-1][0]

    @property
    def has_admissions(self) -> bool:
        return any(number for _month, number in self.admissions_by_month)


def figures_for_home(figures: ServiceFigures) -> list[dict]:
    """Label, value with its unit, and where it is explained. A figure that nothing stands behind yet is left out."""
    days, admitted, certificates = figures.decision_days, figures.admissions, figures.certificates
    shown = [
        (DAYS, _("省级注协审查用时（中位数）"), days, days is not None, _unit_of_days(days or 0)),
        (ADMITTED, _("近 30 天入会"), admitted, admitted > 0, ngettext("人", "人", admitted)),
        (CERTIFICATES, _("有效的电子会员证"), certificates, certificates > 0, ngettext("份", "份", certificates)),
    ]
    return [
        {"place": place, "label": label, "value": value, "unit": unit}
        for place, label, value, is_known, unit in shown
        if is_known
    ]


def _unit_of_days(days: int | float) -> str:
    return ngettext("个工作日", "个工作日", 1 if days == 1 else 2)


def charts_of(figures: ServiceFigures) -> dict:
    """The line of admissions and the bars of the associations; None where there is nothing to draw."""
    names = {association.code: association.short_label for association in all_associations()}
    months = [(_month(month, so_far=month == figures.last_month), n) for month, n in figures.admissions_by_month]
    bars = [(names.get(code, code), days) for code, days, _decisions in figures.by_association]
    return {
        "admissions": line_chart(_("每月入会人数"), ngettext("人", "人", 2), months)
        if figures.has_admissions
        else None,
        "associations": bar_chart(_("各地审查用时（中位数）"), _unit_of_days(2), bars)
        if any(days for _name, days in bars)
        else None,
    }


def _month(month: date, *, so_far: bool) -> str:
    words = date_format(month, "YEAR_MONTH_FORMAT")
    return gettext("%(month)s（至今）") % {"month": words} if so_far else words


def service_figures(*, now: datetime) -> ServiceFigures:
    kept = cache.get(KEY)
    if kept is None:
        return _count_and_keep(now)
    if now - kept.counted_at > FRESH and cache.add(f"{KEY}.counting", True, COUNTING_SECONDS):
        return _count_and_keep(now)
    return kept


def _count_and_keep(now: datetime) -> ServiceFigures:
    figures = _count(now)
    cache.set(KEY, figures, KEPT_SECONDS)
    cache.delete(f"{KEY}.counting")
    return figures


def _count(now: datetime) -> ServiceFigures:
    today = civil_date(now)
    decisions = local_decision_days(working_calendar(), since=now - timedelta(days=DECISION_DAYS))
    days = [used for _association, used in decisions]
    months = _months_until(today)
    admitted = admissions_by_day(since=min(months[0], today - timedelta(days=ADMISSION_DAYS - 1)), until=today)
    recent = today - timedelta(days=ADMISSION_DAYS - 1)
    return ServiceFigures(
        counted_at=now,
        decisions=len(days),
        decision_days=_median(days) if days else None,
        by_association=_medians(decisions),
        admissions=sum(number for day, number in admitted.items() if day >= recent),
        admissions_by_month=_by_month(admitted, months),
        certificates=count_of_valid_certificates(on=today),
    )


def _medians(decisions: list[tuple[str, int]]) -> tuple[tuple[str, int | float, int], ...]:
    own = defaultdict(list)
    for association, used in decisions:
        own[association].append(used)
    rows = [(code, _median(days), len(days)) for code, days in own.items() if len(days) >= FEWEST]
    return tuple(sorted(rows, key=lambda row: (row[1], row[0])))


def _median(days: list[int]) -> int | float:
    """Whole where it is whole: 6, or 6.5 between two cases."""
    middle = median(days)
    return int(middle) if middle == int(middle) else middle


def _months_until(today: date) -> list[date]:
    """The first days of the present month and the twelve before it."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS, last + 1)]


def _by_month(admitted: dict[date, int], months: list[date]) -> tuple[tuple[date, int], ...]:
    numbers = Counter()
    for day, number in admitted.items():
        numbers[day.replace(day=1)] += number
    return tuple((month, numbers[month]) for month in months)
