"""Batches as the association and the national body see them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import BatchState, State
from apps.applicants.models import Application, Batch, BatchItem
from apps.applicants.policies import RECHECKED_STATES
from apps.applicants.selectors.worklist import has_green_checks
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


def agreed_cases(batch: Batch) -> list[Application]:
    """What an open batch holds now, in the order of agreement."""
    cases = batch.applications.filter(state=State.AGREED).select_related("data_key")
    return list(cases.order_by("local_decided_at", "id"))


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
        return has_green_checks(self.application)


def sent_items(batch: Batch) -> list[SentItem]:
    items = batch.items.select_related("application__data_key", "application__membership").order_by("line")
    return [SentItem(item, item.application, _outcome(item)) for item in items]


def _outcome(item: BatchItem) -> State:
    return State.RETURNED if item.returned_at else State(item.application.state)


def _with_counts(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    return batches.select_related("association").annotate(
        agreed_count=Count("applications", filter=Q(applications__state=State.AGREED)),
        waiting_count=Count("applications", filter=Q(applications__state=State.SENT)),
        confirmed_count=Count("applications", filter=Q(applications__state=State.CONFIRMED)),
    )


def batch_clock(batch: Batch, calendar: WorkingCalendar) -> StatutoryClock:
    """The national body's 10 working days, from the sending."""
    sent_on = civil_date(batch.sent_at)
    return StatutoryClock(calendar, sent_on, rule_value("application.national_days", on=sent_on))
