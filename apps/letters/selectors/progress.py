"""The progress of one letter, ready to be shown."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.letters.enums import OPEN_STATES, UNDECIDED_STATES, State
from apps.letters.models import Letter
from apps.letters.selectors.clock import letter_clock
from apps.letters.selectors.words import AFTER_COMPROMISE, EXPIRED, HISTORY, PLACE, STAGES, WORDS, PlainWords

STOPPED = {State.REFUSED, State.WITHDRAWN}


@dataclass(frozen=True)
class Progress:
    letter: Letter
    words: PlainWords
    stages: list[dict]
    clock: StatutoryClock
    today: date
    history: list[dict]

    @property
    def is_open(self) -> bool:
        return self.letter.state in OPEN_STATES

    @property
    def is_undecided(self) -> bool:
        return self.letter.state in UNDECIDED_STATES

    @property
    def next_step(self) -> str:
        return str(self.words.next_step) % {
            "due": date_format(self.letter.decide_by),
            "until": date_format(self.letter.valid_until) if self.letter.valid_until else "",
        }

    @property
    def used(self) -> int:
        return self.clock.used_on(self.today)

    @property
    def due_on(self) -> date:
        return self.clock.due_on(self.today)


def progress_of(letter: Letter, calendar: WorkingCalendar, *, today: date) -> Progress:
    steps = sorted(letter.steps.all(), key=lambda step: (step.at, step.id), reverse=True)
    asked = {"at": letter.asked_at, "sentence": _("您提出了申请")}
    return Progress(
        letter=letter,
        words=words_of(letter, today),
        stages=_stages(letter, steps),
        clock=letter_clock(letter, calendar),
        today=today,
        history=[*({"at": step.at, "sentence": HISTORY[step.action]} for step in steps), asked],
    )


def words_of(letter: Letter, today: date) -> PlainWords:
    if is_expired(letter, today):
        return EXPIRED
    reissue = getattr(letter, "reissue", None)
    return AFTER_COMPROMISE.get((letter.state, reissue and reissue.outcome)) or WORDS[letter.state]


def is_expired(letter: Letter, today: date) -> bool:
    return letter.state == State.ISSUED and today > letter.valid_until


def office_history(letter: Letter) -> list[dict]:
    """Every step as an officer reads it, the first one first, with who took it."""
    return [
        {"step": step, "who": _who(step, letter)} for step in sorted(letter.steps.all(), key=lambda s: (s.at, s.id))
    ]


def _who(step, letter: Letter) -> str:
    if step.actor_user_id is None:
        return _("系统")
    return _("会员") if step.actor_user_id == letter.user_id else step.actor_label


def _stages(letter: Letter, steps: list) -> list[dict]:
    """A request that came to nothing stopped where its last step found it."""
    has_stopped = letter.state in STOPPED
    place = PLACE[steps[0].from_state] if has_stopped else PLACE.get(letter.state, len(STAGES))
    states = ["done" if n < place else "current" if n == place else "todo" for n in range(len(STAGES))]
    if has_stopped:
        states[place] = "stopped"
    return [{"label": label, "state": state} for label, state in zip(STAGES, states, strict=True)]
