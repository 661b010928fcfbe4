"""The progress of one case, ready to be shown to whichever side reads it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.registrations.enums import CLOSED_STATES, Side, State
from apps.registrations.models import Registration
from apps.registrations.selectors.clock import registration_clock
from apps.registrations.selectors.words import HISTORY, PAST_DUE, PLACE, STAGES, WORDS, PlainWords


@dataclass(frozen=True)
class Progress:
    registration: Registration
    words: PlainWords
    stages: list[dict]
    clock: StatutoryClock | None
    today: date
    history: list[dict]

    @property
    def is_closed(self) -> bool:
        return self.registration.state in CLOSED_STATES

    @property
    def acts_next(self):
        """The label of the side whose turn it is; empty where nobody's."""
        return "" if self.is_closed else Side(self.words.acts).label

    @property
    def next_step(self) -> str:
        return self.words.next_step % self._values

    @property
    def candidate_words(self) -> str:
        return self.words.candidate % self._values

    @property
    def firm_words(self) -> str:
        due = self.registration.decide_by
        is_late = self.registration.state == State.GAPS and due < self.today
        return (PAST_DUE if is_late else self.words.firm) % self._values

    @property
    def changed_on(self) -> date:
        return civil_date(self.registration.changed_at)

    @property
    def used(self) -> int:
        return self.clock.used_on(self.today)

    @property
    def due_on(self) -> date:
        return self.clock.due_on(self.today)

    @property
    def clock_is_shown(self) -> bool:
        return self.clock is not None and self.registration.state not in {State.DRAFT, State.AWAITING_CANDIDATE}

    @property
    def _values(self) -> dict:
        due = self.registration.decide_by
        return {
            "association": self.registration.association.label,
            "firm": self.registration.firm.name,
            "days": self.clock.allowed if self.clock else "",
            "due": date_format(due) if due else "",
        }


def history(registration: Registration) -> list[dict]:
    """Every step as an officer reads it, the first one first, with who took it."""
    steps = registration.steps.order_by("at", "id")
    return [{"step": step, "who": _who(step, registration)} for step in steps]


def _who(step, registration: Registration) -> str:
    if step.actor_user_id is None:
        return _("系统")
    return _("申请人") if step.actor_user_id == registration.candidate_user_id else step.actor_label


def progress_of(registration: Registration, calendar: WorkingCalendar, *, today: date) -> Progress:
    steps = sorted(registration.steps.all(), key=lambda step: (step.at, step.id), reverse=True)
    return Progress(
        registration=registration,
        words=WORDS[registration.state],
        stages=_stages(registration, steps),
        clock=registration_clock(registration, calendar),
        today=today,
        history=[{"at": step.at, "sentence": HISTORY[step.action]} for step in steps],
    )


def _stages(registration: Registration, steps: list) -> list[dict]:
    """A case that ended without admission stopped in the stage where its last step found it."""
    has_stopped = registration.state in CLOSED_STATES - {State.ADMITTED}
    place = PLACE[steps[0].from_state] if has_stopped and steps else PLACE.get(registration.state, 0)
    states = ["done" if n < place else "current" if n == place else "todo" for n in range(len(STAGES))]
    if has_stopped:
        states[place] = "stopped"
    return [{"label": label, "state": state} for label, state in zip(STAGES, states, strict=True)]
