"""Which reminder is due: of a draft by the days since its last change, of a correction by the days that are left."""

from datetime import date, timedelta

from django.db.models import QuerySet

from apps.applicants.enums import State
from apps.applicants.models import Application, CorrectionRequest, Reminder
from apps.core.clock import civil_date
from apps.rules.selectors import rule_value


def reminder_by_id(reminder_id) -> Reminder | None:
    return (
        Reminder.objects.select_related("application__user", "application__data_key", "application__association")
        .filter(pk=reminder_id)
        .first()
    )


def correction_marks(application: Application, request: CorrectionRequest) -> list[int]:
    """How many days before the last day reminders go out, the last one at the end; none on the day of asking itself."""
    asked_on = civil_date(request.requested_at)
    days = rule_value("correction.remind_days", on=asked_on, association_code=application.association_id)
    return sorted((n for n in days if request.answer_by - timedelta(days=n) > asked_on), reverse=True)


def due_correction_mark(application: Application, request: CorrectionRequest, *, today: date) -> int | None:
    """The nearest mark that has been passed. After a pause of the scheduler one reminder catches up, not three."""
    left = (request.answer_by - today).days
    passed = [mark for mark in correction_marks(application, request) if left <= mark]
    return min(passed, default=None)


def correction_occasion(request: CorrectionRequest) -> str:
    """Changes when the applicant is told anew, with new days: then reminders begin anew, too."""
    return f"{request.pk.hex}:{request.tellings}"


def reminders_of(request: CorrectionRequest) -> QuerySet[Reminder]:
    return Reminder.objects.filter(application_id=request.application_id, occasion=correction_occasion(request))


def draft_occasion(draft: Application) -> str:
    """Changes with each change of the draft, so that its reminders begin anew."""
    return draft.changed_at.strftime("%Y%m%dT%H%M%S.%f")


def draft_marks(*, on: date) -> list[int]:
    return sorted(rule_value("draft.remind_days", on=on))


def due_draft_mark(draft: Application, *, today: date) -> int | None:
    passed = [mark for mark in draft_marks(on=today) if mark <= days_unchanged(draft, today=today)]
    return max(passed, default=None)


def days_unchanged(draft: Application, *, today: date) -> int:
    return (today - civil_date(draft.changed_at)).days


def last_notice(draft: Application, *, today: date) -> Reminder | None:
    """The reminder that names the day of erasure, if it was written since the last change."""
    return draft.reminders.filter(occasion=draft_occasion(draft), days=draft_marks(on=today)[-1]).first()


def erasure_day(draft: Application, *, today: date) -> date:
    """The last day on which the draft is kept. The notice comes first: where it is late, the day moves with it."""
    notice = last_notice(draft, today=today)
    if notice is not None:
        return notice.last_on
    ends = civil_date(draft.changed_at) + timedelta(days=rule_value("draft.erase_days", on=today))
    return max(ends, today + notice_span(on=today))


def notice_span(*, on: date) -> timedelta:
    """How long lies between the last reminder and the erasure, however late the reminder was."""
    return timedelta(days=rule_value("draft.erase_days", on=on) - draft_marks(on=on)[-1])


def old_drafts(*, today: date) -> QuerySet[Application]:
    """Unchanged for as long as the first reminder waits."""
    since = today - timedelta(days=draft_marks(on=today)[0] - 1)
    return Application.objects.filter(state=State.DRAFT, changed_at__date__lt=since).order_by("changed_at", "id")


def draft_purpose(reminder: Reminder) -> tuple[str, str]:
    """(case, purpose) of its message: a draft has no reference, and no more than one is told of each span."""
    return f"draft:{reminder.application_id.hex}", f"draft_reminder:{reminder.pk.hex}"
