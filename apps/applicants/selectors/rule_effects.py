"""What a proposed rule would change in the cases that are open now: for the editor, before anything is saved.

Rules are chosen by the application date, so only cases of the proposed row's days can change, and drafts, which will be
submitted on one of them. Cases are read in chunks; what no rule touches (register, watch list) is not asked again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.applicants.enums import OPEN_STATES, State
from apps.applicants.models import Application
from apps.applicants.selectors.checklist import derive
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.drafts import eligibility_of
from apps.applicants.selectors.gathering import facts_at_hand
from apps.rules.selectors import RuleVersion, rules_as_proposed, working_calendar

CHUNK = 200
LOOKED_AT = 2000
"""At most so many cases, the oldest first: the page says how many there are beside them."""
EXAMPLES = 10
CLOCKS = frozenset({"application.local_days", "application.national_days"})
LINES = ("application.max_years", "years.", "late_admission.", "bar.")


@dataclass
class Changed:
    """How many, and some of them: (reference, what changes)."""

    number: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def add(self, reference: str, sentence: str) -> None:
        self.number += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append((reference, sentence))


@dataclass
class RuleEffects:
    cases: int = 0
    looked_at: int = 0
    drafts_looked_at: int = 0
    deadlines: Changed = field(default_factory=Changed)
    lines: Changed = field(default_factory=Changed)
    drafts: Changed = field(default_factory=Changed)

    @property
    def is_whole(self) -> bool:
        return self.looked_at == self.cases

    @property
    def changes_nothing(self) -> bool:
        return not (self.deadlines.number or self.lines.number or self.drafts.number)


def effects_of(proposed: RuleVersion, *, today: date) -> RuleEffects:
    """Queries: three, and two more for each chunk."""
    rows = _cases_of(proposed)
    effects = RuleEffects(cases=rows.count())
    for application in _some(rows):
        effects.looked_at += 1
        _compare_case(application, proposed, effects, today)
    if proposed.key.startswith(LINES):
        for draft in _some(_drafts_of(proposed)):
            effects.drafts_looked_at += 1
            _compare_draft(draft, proposed, effects, max(today, proposed.in_force_from))
    return effects


def _cases_of(proposed: RuleVersion):
    begins = datetime.combine(proposed.in_force_from, time.min, ZoneInfo(settings.TIME_ZONE))
    return _in_scope(Application.objects.filter(state__in=OPEN_STATES, submitted_at__gte=begins), proposed)


def _drafts_of(proposed: RuleVersion):
    return _in_scope(Application.objects.filter(state=State.DRAFT), proposed)


def _in_scope(rows, proposed: RuleVersion):
    return rows.filter(association_id=proposed.association) if proposed.association else rows


def _some(rows) -> Iterator[Application]:
    rows = rows.select_related("data_key", "person__data_key", "roll_entry__data_key").prefetch_related("steps")
    yield from rows.order_by("id")[:LOOKED_AT].iterator(chunk_size=CHUNK)


def _compare_case(application: Application, proposed: RuleVersion, effects: RuleEffects, today: date) -> None:
    if proposed.key in CLOCKS:
        before = _deadline(application)
        with rules_as_proposed(proposed):
            after = _deadline(application)
        if before != after:
            effects.deadlines.add(application.reference, _from_to(_day(before), _day(after)))
    elif proposed.key.startswith(LINES):
        facts = facts_at_hand(application, today=today)
        before = {line.key: line.outcome for line in derive(facts)}
        with rules_as_proposed(proposed):
            after = derive(facts)
        if changed := [line for line in after if before.get(line.key) != line.outcome]:
            effects.lines.add(application.reference, changed[0].sentence)


def _compare_draft(draft: Application, proposed: RuleVersion, effects: RuleEffects, on: date) -> None:
    before = eligibility_of(draft, on=on).verdict
    with rules_as_proposed(proposed):
        after = eligibility_of(draft, on=on).verdict
    if before != after:
        effects.drafts.add(_("草稿"), _from_to(before.label, after.label))


def _deadline(application: Application) -> date | None:
    clock = application_clock(application, working_calendar())
    return clock and clock.due_on(clock.started_on)


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _from_to(before: str, after: str) -> str:
    return _("%(before)s → %(after)s") % {"before": before, "after": after}
