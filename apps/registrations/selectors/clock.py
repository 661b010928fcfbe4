"""The statutory clocks of a registration, computed from its steps each time they are asked for."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.registrations.enums import Action, State
from apps.registrations.models import Registration
from apps.rules.selectors import rule_value

STOPS = frozenset(
    {
        Action.REQUEST_GAPS,
        Action.ADMIT_BY_PLATFORM,
        Action.REFUSE_BY_PLATFORM,
        Action.APPROVE,
        Action.REFUSE,
        Action.WITHDRAW,
        Action.EXPIRE,
    }
)


def registration_clock(registration: Registration, calendar: WorkingCalendar) -> StatutoryClock | None:
    """The clock that runs now, or the last one that ran, stopped; None before the first filing.

    5 working days for the form check from each filing (Art. 9), then 20 from acceptance, and 10 more where the
    association's head has extended them (Art. 11). Reads `registration.steps.all()`: lists prefetch "steps".
    """
    clock = None
    for step in sorted(registration.steps.all(), key=lambda step: (step.at, step.id)):
        day = civil_date(step.at)
        if step.action == Action.FILE:
            clock = StatutoryClock(calendar, day, _days("practising.form_check_days", registration, day))
        elif step.action == Action.ACCEPT:
            clock = StatutoryClock(calendar, day, decision_days(registration, day))
        elif step.action in STOPS and clock is not None:
            clock = replace(clock, stopped_on=clock.stopped_on or day)
    return clock


def decision_days(registration: Registration, accepted_on: date) -> int:
    days = _days("practising.decide_days", registration, accepted_on)
    if registration.extended_at is None:
        return days
    return days + _days("practising.extension_days", registration, accepted_on)


def _days(key: str, registration: Registration, day: date) -> int:
    return int(rule_value(key, on=day, association_code=registration.association_id))


@dataclass(frozen=True)
class Duty:
    """What must follow a decision, until when; `done_on` where it has."""

    due_on: date
    done_on: date | None

    def is_overdue_on(self, day: date) -> bool:
        return day > self.due_on if self.done_on is None else self.done_on > self.due_on


def report_duty(registration: Registration, calendar: WorkingCalendar) -> Duty | None:
    """The filing list (备案) to the Ministry and 中注协: 20 working days from the decision (Art. 12)."""
    if registration.state != State.ADMITTED:
        return None
    decided = civil_date(registration.decided_at)
    clock = StatutoryClock(calendar, decided, _days("practising.filing_days", registration, decided))
    done = civil_date(registration.reported_at) if registration.reported_at else None
    return Duty(clock.due_on(decided), done)


def certificate_duty(registration: Registration, calendar: WorkingCalendar, *, issued_on: date | None) -> Duty | None:
    """The certificate: 10 working days from the decision (Art. 12)."""
    if registration.state != State.ADMITTED:
        return None
    decided = civil_date(registration.decided_at)
    clock = StatutoryClock(calendar, decided, _days("practising.certificate_days", registration, decided))
    return Duty(clock.due_on(decided), issued_on)


def refusal_notice_by(registration: Registration) -> date:
    """The notice of a refusal: 15 calendar days, the shorter of the two texts (Law Art. 11; Measures Art. 13)."""
    decided = civil_date(registration.decided_at)
    return decided + timedelta(days=_days("practising.refusal_days", registration, decided))
