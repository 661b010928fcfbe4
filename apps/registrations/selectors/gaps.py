"""A list of gaps that waits for the firm: whether the firm was told, and which reminder is due."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from apps.core.clock import civil_date
from apps.mail.enums import MessageState
from apps.mail.selectors import messages_of_case, received_messages
from apps.registrations.enums import State
from apps.registrations.models import GapList, GapReminder, Registration
from apps.rules.selectors import rule_value

MESSAGE, TO_CANDIDATE = "registration_gaps:", "registration_gaps:candidate:"


def open_gap_list(registration: Registration) -> GapList | None:
    """What waits for the firm's answer; one that was never answered dies with its case."""
    if registration.state != State.GAPS:
        return None
    return registration.gap_lists.filter(answered_at=None).first()


def told_at(registration: Registration, gap_list: GapList) -> datetime | None:
    """Since when the firm knows: its message was taken and did not come back, or somebody of the firm has opened the
    case, or an officer has phoned. The candidate's message alone is not enough: it is the firm that must act."""
    taken = received_messages().filter(**_about(registration, gap_list)).exclude(purpose__startswith=TO_CANDIDATE)
    first = taken.order_by("sent_at").values_list("sent_at", flat=True).first()
    return min(filter(None, (gap_list.opened_at, gap_list.told_at, first)), default=None)


def telling(registration: Registration) -> str:
    """In one word how the open list stands with the firm: opened, told, received, waiting, lost; empty without one."""
    gap_list = open_gap_list(registration)
    if gap_list is None:
        return ""
    if gap_list.opened_at:
        return "opened"
    if gap_list.told_at:
        return "told"
    if told_at(registration, gap_list):
        return "received"
    return "waiting" if _is_under_way(registration, gap_list) else "lost"


def remind_marks(registration: Registration, gap_list: GapList) -> list[int]:
    """How many days before the last day reminders go out, the last one at the end; none on the day of asking itself."""
    asked_on = civil_date(gap_list.requested_at)
    days = rule_value("practising.remind_days", on=asked_on, association_code=registration.association_id)
    return sorted((n for n in days if gap_list.answer_by - timedelta(days=n) > asked_on), reverse=True)


def due_mark(registration: Registration, gap_list: GapList, *, today: date) -> int | None:
    """The nearest mark that has been passed. After a pause of the scheduler one reminder catches up, not all."""
    left = (gap_list.answer_by - today).days
    return min((mark for mark in remind_marks(registration, gap_list) if left <= mark), default=None)


def reminders_of(gap_list: GapList) -> QuerySet[GapReminder]:
    """Of the present telling: whoever is told anew, with new days, is reminded anew."""
    return GapReminder.objects.filter(gap_list=gap_list, tellings=gap_list.tellings)


def gap_reminder_by_id(reminder_id) -> GapReminder | None:
    return GapReminder.objects.select_related("gap_list").filter(pk=reminder_id).first()


def _about(registration: Registration, gap_list: GapList) -> dict:
    return {
        "case": registration.reference,
        "purpose__startswith": MESSAGE,
        "created_at__gte": gap_list.requested_at,
    }


def _is_under_way(registration: Registration, gap_list: GapList) -> bool:
    """Not written yet, or still waiting to be sent: nobody can say yet whether it arrives."""
    written = messages_of_case(registration.reference).filter(**_about(registration, gap_list))
    written = written.exclude(purpose__startswith=TO_CANDIDATE)
    return not written.exists() or written.filter(state=MessageState.QUEUED).exists()
