"""What was written on a case: to the applicant and by them, between colleagues, from office to office."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from apps.applicants.enums import OPEN_STATES, Office, Sender, State
from apps.applicants.models import Application, CaseMessage, CaseNote, CaseQuestion
from apps.mail.enums import LOST_STATES, TAKEN_STATES, Channel, MessageState
from apps.mail.selectors import messages_of_case

MAIL_PURPOSE = "case_message"
UNREAD_LIMIT = 10
"""So many answers may wait unread: enough for anybody in earnest, too few to bury a case."""


def has_new_answer() -> Q:
    """For a queryset of applications: those with an answer that nobody of the office has read."""
    return Q(Exists(CaseMessage.objects.filter(application=OuterRef("pk"), sender=Sender.APPLICANT, read_at=None)))


def has_open_question(office: str) -> Q:
    """For a queryset of applications: those with a question that this office has not answered yet."""
    open_ones = CaseQuestion.objects.filter(application=OuterRef("pk"), asked_of=Office(office), answered_at=None)
    return Q(Exists(open_ones))


@dataclass(frozen=True)
class Delivery:
    """How the notice of a message went, by one channel."""

    channel: str
    state: str

    @property
    def label(self) -> str:
        return f"{Channel(self.channel).label} · {MessageState(self.state).label}"

    @property
    def tone(self) -> str:
        if self.state in LOST_STATES:
            return "refused"
        return "done" if self.state in TAKEN_STATES else "waiting"


@dataclass(frozen=True)
class ShownMessage:
    """A message or an answer; with the deliveries of the notice about it, none before it was written."""

    message: CaseMessage
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def is_from_applicant(self) -> bool:
        return self.message.sender == Sender.APPLICANT

    @property
    def is_new(self) -> bool:
        return self.is_from_applicant and self.message.read_at is None


def conversation(application: Application) -> list[ShownMessage]:
    """Messages and answers, the first one first. Two queries."""
    sent: dict[str, list[Delivery]] = {}
    notices = messages_of_case(application.reference).filter(purpose__startswith=f"{MAIL_PURPOSE}:")
    for purpose, channel, state in notices.values_list("purpose", "channel", "state"):
        sent.setdefault(purpose, []).append(Delivery(channel, state))
    return [
        ShownMessage(message, sent.get(f"{MAIL_PURPOSE}:{message.pk.hex}", []))
        for message in application.case_messages.select_related("data_key").order_by("written_at", "id")
    ]


def may_answer_now(application: Application) -> bool:
    """The applicant answers what an office wrote, while the case is open or was refused; not without an end."""
    if application.state not in OPEN_STATES | {State.REFUSED}:
        return False
    unread = list(application.case_messages.filter(read_at=None).values_list("sender", flat=True))
    return Sender.OFFICE in unread and unread.count(Sender.APPLICANT) < UNREAD_LIMIT


def notes(application: Application) -> list[CaseNote]:
    """Internal notes, the first one first. Never for a page of the applicant."""
    return list(application.notes.select_related("data_key").order_by("written_at", "id"))


def questions(application: Application) -> list[CaseQuestion]:
    """Open ones first, then those that were answered, each the oldest first. Never for a page of the applicant."""
    rows = application.questions.select_related("data_key").order_by("asked_at", "id")
    return sorted(rows, key=lambda question: question.answered_at is not None)
