"""Who had part in a case before an appeal reopened it: in the new round it is decided by others."""

from django.db.models import Exists, OuterRef, Q

from apps.applicants.models import Application, Step
from apps.core.actor import Actor
from apps.people.selectors import person_id_of_user, user_ids_of_person


def had_part(actor: Actor, application: Application) -> bool:
    """Asks the database only about a case that was reopened."""
    return application.reopened_at is not None and _took_a_step(_accounts(actor), application)


def had_part_by_account(user_id: int, application: Application) -> bool:
    """Of a colleague, who is known by an account."""
    return application.reopened_at is not None and _took_a_step(_accounts_beside(user_id), application)


def reopened_after_part_of(actor: Actor) -> Q:
    """For a queryset of applications: those in which the actor, from whichever account, had part."""
    steps = Step.objects.filter(application=OuterRef("pk"), actor_user_id__in=_accounts(actor))
    return Q(Exists(steps.filter(at__lte=OuterRef("reopened_at"))), reopened_at__isnull=False)


def _accounts(actor: Actor) -> set:
    return {actor.user_id, *(user_ids_of_person(actor.person_id) if actor.person_id else ())}


def _accounts_beside(user_id: int) -> set:
    person_id = person_id_of_user(user_id)
    return {user_id, *(user_ids_of_person(person_id) if person_id else ())}


def _took_a_step(accounts, application: Application) -> bool:
    return application.steps.filter(at__lte=application.reopened_at, actor_user_id__in=accounts).exists()
