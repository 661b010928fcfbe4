"""May this candidate apply, by which clause, until which day? (登记办法 Art. 3; domain.md, sections 1.1 and 2)"""

from dataclasses import dataclass
from datetime import date

from apps.applicants.enums import Eligibility, Practising, Route
from apps.people.selectors import is_overseas
from apps.rules.selectors import last_day_within, rule_clause, rule_value


@dataclass(frozen=True)
class EligibilityAnswers:
    """What the few questions asked. Kept in the session until there is an account, then in the draft."""

    practising: str
    stopped_on: date | None = None
    has_certificate: bool = False
    certificate_on: date | None = None
    identity_type: str = ""

    @classmethod
    def from_json(cls, kept: dict) -> "EligibilityAnswers":
        return cls(
            practising=kept.get("practising", Practising.NEVER),
            stopped_on=_date(kept.get("stopped_on")),
            has_certificate=bool(kept.get("has_certificate")),
            certificate_on=_date(kept.get("certificate_on")),
            identity_type=kept.get("identity_type", ""),
        )


@dataclass(frozen=True)
class EligibilityResult:
    """`last_day` is the last day on which one can apply, that day included."""

    verdict: Eligibility
    route: Route | None = None
    last_day: date | None = None
    started_on: date | None = None
    at_national_body: bool = False
    clause: str = ""

    @property
    def may_apply(self) -> bool:
        return self.verdict == Eligibility.ELIGIBLE

    @property
    def may_insist(self) -> bool:
        """An expired route is explained; whoever insists gets a decision by a person."""
        return self.verdict == Eligibility.CLOSED


def last_day_to_apply(started_on: date, *, on: date) -> date:
    """The last day that is "not more than five years" after, by the rules of the day on which one asks."""
    return last_day_within(started_on, rule_value("application.max_years", on=on), on=on)


def eligibility(answers: EligibilityAnswers, *, today: date) -> EligibilityResult:
    """The route that is open longest. The document decides whether it leads to the national body."""
    clause = rule_clause("application.max_years", on=today)
    if verdict := _without_route(answers):
        return EligibilityResult(verdict, clause=clause)
    last_day, started_on, route = max(_routes(answers, today))
    open_still = today <= last_day
    return EligibilityResult(
        Eligibility.ELIGIBLE if open_still else Eligibility.CLOSED,
        route=route if open_still else Route.LATE,
        last_day=last_day,
        started_on=started_on,
        at_national_body=is_overseas(answers.identity_type),
        clause=clause,
    )


def _without_route(answers: EligibilityAnswers) -> Eligibility | None:
    if answers.practising == Practising.WANTED:
        return Eligibility.THROUGH_FIRM
    if answers.practising == Practising.NOW:
        return Eligibility.STOP_FIRST
    if answers.practising == Practising.STOPPED and answers.stopped_on:
        return None  # whoever was a CPA may have been qualified without the examination, and was registered in any case
    if not answers.has_certificate or answers.certificate_on is None:
        return Eligibility.NOT_YET
    return None


def _routes(answers: EligibilityAnswers, today: date):
    if answers.has_certificate and answers.certificate_on:
        yield last_day_to_apply(answers.certificate_on, on=today), answers.certificate_on, Route.FRESH_PASSER
    if answers.practising == Practising.STOPPED and answers.stopped_on:
        yield last_day_to_apply(answers.stopped_on, on=today), answers.stopped_on, Route.EX_PRACTISING


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
