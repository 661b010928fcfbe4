"""What follows a decision inside the portal: the certificate and the filing list (备案), each with its last day."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.certificates.selectors import first_issued_at
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.working_days import WorkingCalendar
from apps.registrations.enums import Field, State
from apps.registrations.models import Registration
from apps.registrations.selectors.cases import registrations_at_office
from apps.registrations.selectors.clock import Duty, certificate_duty, report_duty

SHOWN = 200


@dataclass(frozen=True)
class DutyRow:
    registration: Registration
    name: str
    certificate: Duty
    report: Duty
    today: date

    @property
    def certificate_is_late(self) -> bool:
        return self.certificate.is_overdue_on(self.today)

    @property
    def report_is_late(self) -> bool:
        return self.report.is_overdue_on(self.today)


def duty_rows(actor: Actor, calendar: WorkingCalendar, *, today: date) -> list[DutyRow]:
    """Granted inside the portal and not reported yet, the oldest first; then the latest that were."""
    rows = registrations_at_office(actor).filter(state=State.ADMITTED, decides_inside=True)
    waiting = list(rows.filter(reported_at=None).order_by("decided_at")[:SHOWN])
    done = list(rows.exclude(reported_at=None).order_by("-reported_at")[:SHOWN])
    issued = first_issued_at([registration.membership_id for registration in (*waiting, *done)])
    return [_row(case, calendar, issued.get(case.membership_id), today) for case in (*waiting, *done)]


def _row(registration: Registration, calendar: WorkingCalendar, issued_at: datetime | None, today: date) -> DutyRow:
    issued_on = civil_date(issued_at) if issued_at else None
    return DutyRow(
        registration=registration,
        name=registration.answers.get(Field.NAME, ""),
        certificate=certificate_duty(registration, calendar, issued_on=issued_on),
        report=report_duty(registration, calendar),
        today=today,
    )
