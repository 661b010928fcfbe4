"""Batches as the association and the national body see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import BatchState, State
from apps.applicants.models import Application, Batch, BatchItem
from apps.applicants.policies import RECHECKED_STATES
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.rules.selectors import rule_value

CLOSED_BATCHES_SHOWN = 100


def batches_of_own_association(actor: Actor) -> QuerySet[Batch]:
    """Open and sent, of the associations where the actor reviews or sends."""
    codes = {
        *association_scope(actor, Permission.REVIEW_APPLICATION),
        *association_scope(actor, Permission.SEND_BATCH),
    }
    return _with_counts(Batch.objects.filter(association_id__in=sorted(codes)))


def sent_batches(actor: Actor) -> QuerySet[Batch]:
    """What the national re-check sees: every batch that was sent; nothing for anybody else."""
    if association_scope(actor, Permission.RECHECK_APPLICATION) != ALL:
        return Batch.objects.none()
    return _with_counts(Batch.objects.filter(state=BatchState.SENT))


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    """Agrees with policies.can_view_batch."""
    own = batches_of_own_association(actor).values("pk")
    sent = sent_batches(actor).values("pk")
    return Batch.objects.filter(Q(pk__in=own) | Q(pk__in=sent))


def joining_cases(applications: QuerySet[Application], *, at: datetime) -> QuerySet[Application]:
    """The agreed ones that nobody can take back any more: what an open batch holds at that moment."""
    return applications.filter(state=State.AGREED, take_back_until__lte=at)


def agreed_cases(batch: Batch, *, at: datetime) -> list[Application]:
    """What an open batch holds at that moment, in the order of agreement."""
    agreed = joining_cases(Application.objects.filter(association_id=batch.association_id), at=at)
    return list(agreed.select_related("data_key").order_by("local_decided_at", "id"))


def count_of_returnable(batch: Batch, *, at: datetime) -> int:
    """How many agreed cases of the association can still be taken back, and so join later."""
    agreed = Application.objects.filter(association_id=batch.association_id, state=State.AGREED)
    return agreed.filter(take_back_until__gt=at).count()


@dataclass(frozen=True)
class SentItem:
    """A line of a sent batch and what became of it: a returned case may stand in a later batch by now."""

    item: BatchItem
    application: Application
    outcome: State

    @property
    def is_waiting(self) -> bool:
        return self.outcome == State.SENT

    @property
    def can_be_opened(self) -> bool:
        """A case that left the re-check's sight (withdrawn, agreed again, refused) is named, not linked."""
        return self.application.state in RECHECKED_STATES

    @property
    def checks_green(self) -> bool:
        return self.application.checks_green


def sent_items(batch: Batch) -> list[SentItem]:
    items = batch.items.select_related("application__data_key", "application__membership").order_by("line")
    return [SentItem(item, item.application, _outcome(item)) for item in items]


def _outcome(item: BatchItem) -> State:
    return State.RETURNED if item.returned_at else State(item.application.state)


def _with_counts(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    return batches.select_related("association").annotate(
        agreed_count=_agreed_beside(),
        waiting_count=Count("applications", filter=Q(applications__state=State.SENT)),
        confirmed_count=Count("applications", filter=Q(applications__state=State.CONFIRMED)),
    )


def _agreed_beside():
    """Agreed cases wait outside batches: the open one counts those of its association, a sent one has none."""
    agreed = Application.objects.filter(association_id=OuterRef("association_id"), state=State.AGREED)
    counted = agreed.order_by().values("association_id").annotate(number=Count("pk")).values("number")
    return Case(When(state=BatchState.OPEN, then=Coalesce(Subquery(counted), 0)), default=0)


def batch_clock(batch: Batch, calendar: WorkingCalendar) -> StatutoryClock:
    """The national body's 10 working days, from the sending."""
    sent_on = civil_date(batch.sent_at)
    return StatutoryClock(calendar, sent_on, rule_value("application.national_days", on=sent_on))
