"""Whether a member is in good standing on a day: dated facts with reason codes, computed when asked (domain.md, 5.4).

What the register and the records say counts; what is recorded nowhere counts neither for nor against, and no letter
mentions it. Which matters count is the rule `standing.good_standing`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from apps.core.clock import civil_date
from apps.core.dates import add_years
from apps.members.enums import MemberKind, MembershipStatus
from apps.members.selectors import MembershipState, membership_state
from apps.rules.selectors import rule_value
from apps.standing.enums import NOT_PUBLIC, FindingSource, Matter, Outcome
from apps.standing.models import MemberRecord
from apps.standing.selectors.findings import Finding
from apps.standing.selectors.member_records import records_about

HEAVY = frozenset({Outcome.CONDEMNED, Outcome.BANNED})
"""While these are in force, a member is not in good standing."""
RECORDS, REGISTER, RULE = FindingSource.RECORDS, FindingSource.REGISTER, FindingSource.RULE


@dataclass(frozen=True)
class GoodStanding:
    on: date
    findings: tuple[Finding, ...]
    counted: frozenset[str]

    @property
    def holds(self) -> bool:
        return not self.failing

    @property
    def failing(self) -> tuple[str, ...]:
        """The reason codes that speak against it."""
        return tuple(f.code for f in self.findings if f.holds is False and f.matter in self.counted)

    @property
    def is_member(self) -> bool:
        return any(f.code in {"membership.active", "membership.in_custody"} for f in self.findings)

    @property
    def recorded(self) -> tuple[Finding, ...]:
        """What a letter may state."""
        return tuple(finding for finding in self.findings if finding.is_recorded)


def good_standing(membership, *, on: date, known_at: datetime | None = None) -> GoodStanding:
    """Three queries. With `known_at`, as it was known at that moment."""
    state = membership_state(membership, on=on, known_at=known_at)
    records = list(records_about(membership.person_id, known_at=known_at))
    findings = (
        _membership(membership, state, on),
        _suspension(membership, state, on),
        _proceedings(records, on),
        _discipline(records, on),
        _annual_check(membership, records, on),
        _cpe(membership, records, on),
        _dues(records, on),
    )
    return GoodStanding(on, findings, frozenset({Matter.MEMBERSHIP, *rule_value("standing.good_standing", on=on)}))


def _membership(membership, state: MembershipState, on: date) -> Finding:
    code = {
        MembershipStatus.ACTIVE: "active",
        MembershipStatus.SUSPENDED: "active",
        MembershipStatus.IN_CUSTODY: "in_custody",
        MembershipStatus.NOT_YET: "not_yet",
    }.get(state.status, "ended")
    association = state.association
    values = {
        "day": on.isoformat(),
        "kind": membership.kind,
        "number": membership.number,
        "admitted": membership.admitted_on.isoformat(),
        "association": {"zh": association.name, "en": association.english_name} if association else "",
    }
    return Finding(
        Matter.MEMBERSHIP,
        f"membership.{code}",
        code == "active",
        values,
        REGISTER,
        membership.document_number,
        civil_date(membership.recorded_at),
    )


def _suspension(membership, state: MembershipState, on: date) -> Finding:
    since = state.since or membership.admitted_on
    suspended = state.status == MembershipStatus.SUSPENDED
    code, values = ("suspended", {"since": since.isoformat()}) if suspended else ("none", {})
    if not state.is_current:
        return Finding(Matter.SUSPENSION, "suspension.unknown", None)
    return Finding(Matter.SUSPENSION, f"suspension.{code}", not suspended, {"day": on.isoformat(), **values}, REGISTER)


def _proceedings(records: list[MemberRecord], on: date) -> Finding:
    open_ones = [record for record in _of(records, Matter.PROCEEDINGS, on) if _in_force(record, on)]
    values = {"day": on.isoformat()}
    if open_ones:
        return _about(open_ones, "proceedings.open", False, values | {"list": _listed(open_ones)})
    if Matter.PROCEEDINGS not in rule_value("standing.kept_matters", on=on):
        return Finding(Matter.PROCEEDINGS, "proceedings.unknown", None)
    return Finding(Matter.PROCEEDINGS, "proceedings.none", True, values, RECORDS)


def _discipline(records: list[MemberRecord], on: date) -> Finding:
    years = rule_value("discipline.public_years", on=on)
    shown = [
        record
        for record in _of(records, Matter.DISCIPLINE, on)
        if record.outcome not in NOT_PUBLIC and (on < add_years(record.decided_on, years) or _is_banned(record, on))
    ]
    values = {"day": on.isoformat(), "years": years}
    if heavy := [record for record in shown if record.outcome in HEAVY and _in_force(record, on)]:
        return _about(heavy, "discipline.in_force", False, values | {"list": _listed(shown)})
    if shown:
        return _about(shown, "discipline.recorded", True, values | {"list": _listed(shown)})
    if Matter.DISCIPLINE not in rule_value("standing.kept_matters", on=on):
        return Finding(Matter.DISCIPLINE, "discipline.unknown", None)
    return Finding(Matter.DISCIPLINE, "discipline.none", True, values, RECORDS)


def _is_banned(record: MemberRecord, on: date) -> bool:
    return record.outcome == Outcome.BANNED and _in_force(record, on)


def _annual_check(membership, records: list[MemberRecord], on: date) -> Finding:
    year = last_due_check(membership.kind, on)
    first = membership.admitted_on.year + 1
    checks = [record for record in _of(records, Matter.ANNUAL_CHECK, on) if record.year >= year]
    if checks:
        check = checks[0]
        holds = check.outcome in {Outcome.PASSED, Outcome.DEFERRED}
        values = {"year": check.year, "decided": check.decided_on.isoformat()}
        return _about([check], f"annual_check.{check.outcome}", holds, values)
    if first > year:
        values = {"day": on.isoformat(), "year": first}
        return Finding(Matter.ANNUAL_CHECK, "annual_check.not_yet_due", True, values, RULE)
    return Finding(Matter.ANNUAL_CHECK, "annual_check.unknown", None)


def last_due_check(kind: str, on: date) -> int:
    """The latest year whose check everybody must have taken by that day: its last day is over.

    Whoever was admitted in a year is checked from the next one on.
    """
    key = "annual_check.practising_until" if kind == MemberKind.PRACTISING else "annual_check.non_practising_until"
    last_day = date.fromisoformat(f"{on.year}-{rule_value(key, on=on)}")
    return on.year if on > last_day else on.year - 1


def _cpe(membership, records: list[MemberRecord], on: date) -> Finding:
    year = on.year - 1
    required = rule_value("standing.cpe_hours", on=on)
    for record in _of(records, Matter.CPE, on):
        if record.year == year:
            met = record.hours >= required
            values = {"year": year, "hours": record.hours, "required": required}
            return _about([record], "cpe.met" if met else "cpe.short", met, values)
    if membership.admitted_on.year >= year:
        return Finding(Matter.CPE, "cpe.not_yet_due", True, {"day": on.isoformat()}, RULE)
    return Finding(Matter.CPE, "cpe.unknown", None)


def _dues(records: list[MemberRecord], on: date) -> Finding:
    """Of this year or of the last: what is older says nothing about today."""
    for record in _of(records, Matter.DUES, on):
        if record.year >= on.year - 1:
            return _about([record], f"dues.{record.outcome}", record.outcome != Outcome.OWED, {"year": record.year})
    return Finding(Matter.DUES, "dues.unknown", None)


def _of(records: list[MemberRecord], matter: Matter, on: date) -> list[MemberRecord]:
    return [record for record in records if record.matter == matter and record.decided_on <= on]


def _in_force(record: MemberRecord, on: date) -> bool:
    return record.until_on is None or record.until_on > on


def _listed(records: list[MemberRecord]) -> list[list[str]]:
    return [[record.outcome, record.decided_on.isoformat()] for record in records]


def _about(records: list[MemberRecord], code: str, holds: bool, values: dict) -> Finding:
    latest = records[0]
    named = "，".join(filter(None, (latest.source, latest.document)))
    return Finding(Matter(latest.matter), code, holds, values, RECORDS, named, civil_date(latest.recorded_at))
