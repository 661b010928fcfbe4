"""Which registrations somebody may see: the firm's own people, the candidate's own, the association's."""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.accounts.selectors import normalise_email, user_by_id
from apps.core.actor import Actor
from apps.core.encryption import blind_index
from apps.firms.enums import FIRM
from apps.registrations.enums import OPEN_STATES, State
from apps.registrations.models import Registration


def _with_parts(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.select_related("data_key", "firm", "association", "agent", "candidate_user", "membership", "photo")


def registrations_of_firms(actor: Actor) -> QuerySet[Registration]:
    """Agrees with policies.can_see_for_firm."""
    codes = [grant.code for grant in actor.grants if grant.body == FIRM]
    return _with_parts(Registration.objects.filter(firm__code__in=codes))


def registrations_at_office(actor: Actor) -> QuerySet[Registration]:
    """Agrees with policies.can_see_at_office."""
    codes = association_scope(actor, Permission.SEE_REGISTRATIONS)
    own = Q(candidate_user_id=actor.user_id)
    if actor.person_id is not None:
        own |= Q(person_id=actor.person_id)
    rows = Registration.objects.filter(association_id__in=sorted(codes), filed_at__isnull=False)
    return _with_parts(rows.exclude(Q(own, candidate_user__isnull=False)))


def registrations_of_candidate(user_id: int) -> QuerySet[Registration]:
    """The cases that wait for this account's confirmation, or that it has confirmed; the latest first."""
    user = user_by_id(user_id)
    mine = Q(candidate_user_id=user_id)
    if user is not None and user.email:
        mine |= Q(candidate_user__isnull=True, email_index=email_index(user.email))
    return _with_parts(Registration.objects.filter(mine).exclude(state=State.DRAFT, candidate_user=None)).order_by(
        "-changed_at"
    )


def registration_for_lookup(reference: str, email: str) -> Registration | None:
    """The case with this reference if this is its candidate's address and the candidate has been written to."""
    rows = _with_parts(Registration.objects.filter(reference=reference, email_index=email_index(email)))
    return rows.exclude(state=State.DRAFT, candidate_user=None).first()


def registration_by_id(registration_id) -> Registration:
    return _with_parts(Registration.objects).get(pk=registration_id)


def registration_by_reference(reference: str) -> Registration | None:
    """For the floors above."""
    return _with_parts(Registration.objects.filter(reference=reference)).first()


def open_registration_of_person(person_id: UUID, *, but_for=None) -> Registration | None:
    return Registration.objects.filter(person_id=person_id, state__in=OPEN_STATES).exclude(pk=but_for).first()


def email_index(email: str) -> str:
    return blind_index("registration.email", normalise_email(email)) if email else ""
