"""What applicants read about their own case: where it is in plain words, who acts next, what they must do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.selectors import normalise_email
from apps.applicants.enums import OPEN_STATES, TAKE_BACKS, Action, State
from apps.applicants.models import Application, Step
from apps.applicants.selectors.clock import application_clock
from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.rules.selectors import rule_words

STAGES = (_("已提交"), _("协会审查"), pgettext_lazy("stage", "中注协复核"), _("成为会员"))

PLACE = {
    State.SUBMITTED: 1,
    State.CORRECTION_REQUESTED: 1,
    State.RETURNED: 1,
    State.AGREED: 1,
    State.SENT: 2,
    State.CONFIRMED: 4,
}
"""Which of the four stages a state stands in."""

STOPPED_STATES = frozenset({State.REFUSED, State.WITHDRAWN, State.EXPIRED})
"""Ended without admission."""


@dataclass(frozen=True)
class PlainWords:
    """A state as the applicant reads it. `tone` is the page's colour, never the only sign."""

    title: str
    next_step: str
    yours: str
    tone: str = "info"


WORDS = {
    State.SUBMITTED: PlainWords(
        _("我们已收到并开始审查"),
        _("由%(association)s审查您的资料。"),
        _("您现在无需操作。有了结果或需要补正时，我们会发邮件告诉您。"),
    ),
    State.CORRECTION_REQUESTED: PlainWords(
        _("请您补正"),
        _("等您补正；在此期间暂停计时。补正后由%(association)s继续审查。"),
        _("请在%(due)s前补正。逾期没有补正，这件申请会结束，您可以重新申请。"),
        "waiting",
    ),
    State.AGREED: PlainWords(
        _("所属协会已同意"),
        _("由%(association)s把您的申请送交中国注册会计师协会复核。"),
        _("您现在无需操作。送交以后，中注协在 %(national_days)s内复核。"),
    ),
    State.SENT: PlainWords(
        _("中注协正在复核您的申请"),
        _("由中国注册会计师协会复核。通过后您成为会员，并得到会员编号。"),
        _("您现在无需操作。有了结果，我们会发邮件告诉您。"),
    ),
    State.RETURNED: PlainWords(
        _("正在再次审查"),
        _("中国注册会计师协会请%(association)s再核对一次您的资料。"),
        _("您现在无需操作。需要您做什么时，我们会发邮件告诉您。"),
    ),
    State.CONFIRMED: PlainWords(
        _("您已成为会员"),
        _("电子会员证由系统制作，完成后会发邮件告诉您，通常只需几分钟。"),
        _("请用会员编号登录，领取电子会员证。"),
        "done",
    ),
    State.REFUSED: PlainWords(
        _("没有准予登记"),
        _("%(association)s已经作出决定，这件申请到此结束。"),
        _("理由和您可以怎样做，见上文。"),
        "refused",
    ),
    State.WITHDRAWN: PlainWords(
        _("您已撤回申请"),
        _("这件申请已经结束。"),
        _("如果还想入会，可以重新申请；期限仍从全科合格证上的日期算起。"),
        "quiet",
    ),
    State.EXPIRED: PlainWords(
        _("逾期没有补正，申请已结束"),
        _("这件申请已经结束。"),
        _("如果还想入会，可以重新申请；期限仍从全科合格证上的日期算起。"),
        "refused",
    ),
}

PAST_DUE = _("补正期限 %(due)s 已过，这件申请还没有结束：现在补正仍然有效，请尽快提交。")

UNDONE_WORDS = PlainWords(
    _("您的会员登记已撤销"),
    _("这次登记自始无效，会员编号和电子会员证不再有效。"),
    _("理由和您可以怎样做，见上文。"),
    "refused",
)

HISTORY = {
    Action.SUBMIT: _("您提交了申请"),
    Action.REQUEST_CORRECTION: _("所属协会请您补正，暂停计时"),
    Action.ANSWER_CORRECTION: _("您完成了补正，恢复计时"),
    Action.AGREE: _("所属协会审查同意"),
    Action.REFUSE: _("所属协会决定不予登记"),
    Action.SEND: _("所属协会把申请送交中国注册会计师协会"),
    Action.CONFIRM: _("中国注册会计师协会复核通过，您成为会员"),
    Action.RETURN: _("中国注册会计师协会请所属协会再核对"),
    Action.WITHDRAW: _("您撤回了申请"),
    Action.EXPIRE: _("逾期没有补正，申请结束"),
    Action.REOPEN: _("申诉成立，所属协会重新审查，重新计时"),
}
"""The steps as the applicant reads them: what was done, by which office, without the officer's name."""


def applications_of_user(user_id: int) -> list[Application]:
    """The account's submitted applications, the latest first."""
    return list(_submitted().filter(user_id=user_id).order_by("-submitted_at"))


def state_words(application: Application, *, now: datetime) -> PlainWords:
    """The state as its applicant reads it: title, tone. An agreement is told once it can no longer be taken back."""
    if application.undone_at:
        return UNDONE_WORDS
    return WORDS[State.SUBMITTED if _can_be_taken_back(application, now) else application.state]


def _can_be_taken_back(application: Application, now: datetime) -> bool:
    return application.state == State.AGREED and application.take_back_until > now


def own_application(user_id: int, reference: str) -> Application | None:
    return _submitted().filter(user_id=user_id, reference=reference).first()


def application_for_lookup(reference: str, email: str) -> Application | None:
    """The case with this reference if it was made from the account of this address."""
    return _submitted().filter(reference=reference, user__email=normalise_email(email)).first()


def application_by_id(application_id) -> Application:
    return _submitted().get(pk=application_id)


def application_by_reference(reference: str) -> Application | None:
    """For whoever has proved that the case is theirs, and for the floors above."""
    return _submitted().filter(reference=reference).first()


@dataclass(frozen=True)
class Progress:
    """The progress page of one case, ready to be shown."""

    application: Application
    words: PlainWords
    stages: list[dict]
    clock: StatutoryClock | None
    today: date
    history: list[dict]

    @property
    def is_open(self) -> bool:
        return self.application.state in OPEN_STATES

    @property
    def changed_on(self) -> date:
        """The day of the latest step: since when the title holds."""
        return civil_date(max(step.at for step in self.application.steps.all()))

    @property
    def next_step(self) -> str:
        return self.words.next_step % {"association": self.application.association.label}

    @property
    def is_past_due(self) -> bool:
        """The last day to answer is over, and the case has not ended: it can still be answered."""
        due = self.application.decide_by
        return self.application.state == State.CORRECTION_REQUESTED and due is not None and due < self.today

    @property
    def yours(self) -> str:
        due = self.application.decide_by
        if self.is_past_due:
            return PAST_DUE % {"due": date_format(due)}
        limits = {"national_days": rule_words("application.national_days", on=self.today)}
        return self.words.yours % {"due": date_format(due) if due else "", **limits}

    @property
    def used(self) -> int:
        return self.clock.used_on(self.today)

    @property
    def due_on(self) -> date:
        return self.clock.due_on(self.today)

    @property
    def clock_is_shown(self) -> bool:
        """Days are counted while an office must decide, rest while the applicant answers, and end with the decision."""
        return self.clock is not None


def progress_of(application: Application, calendar: WorkingCalendar, *, now: datetime) -> Progress:
    clock = application_clock(application, calendar)
    return Progress(
        application=application,
        words=state_words(application, now=now),
        stages=_stages(application),
        clock=clock,
        today=civil_date(now),
        history=[{"at": step.at, "sentence": HISTORY[step.action]} for step in told_steps(application, now=now)],
    )


def told_steps(application: Application, *, now: datetime) -> list[Step]:
    """The steps that the applicant is told, the latest first: an agreement that was taken back never was one, and one
    that still may be is not told yet."""
    told: list[Step] = []
    for step in sorted(application.steps.all(), key=lambda step: (step.at, step.id)):
        if step.action in TAKE_BACKS:
            told.pop()
        else:
            told.append(step)
    if _can_be_taken_back(application, now):
        told.pop()
    return told[::-1]


def _stages(application: Application) -> list[dict]:
    """An application that ended without admission stopped in the stage where its last step found it."""
    has_stopped = application.state in STOPPED_STATES or application.undone_at is not None
    place = _stopped_in(application) if has_stopped else PLACE[application.state]
    states = ["done" if n < place else "current" if n == place else "todo" for n in range(len(STAGES))]
    if has_stopped:
        states[place] = "stopped"
    return [{"label": label, "state": state} for label, state in zip(STAGES, states, strict=True)]


def _stopped_in(application: Application) -> int:
    last = max(application.steps.all(), key=lambda step: (step.at, step.id), default=None)
    return PLACE[last.from_state] if last else PLACE[State.SUBMITTED]


def _submitted() -> QuerySet[Application]:
    return (
        Application.objects.exclude(state=State.DRAFT)
        .select_related("data_key", "association", "user", "membership", "photo", "person__data_key")
        .prefetch_related("steps")
    )
