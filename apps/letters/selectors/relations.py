"""Whose letters an officer leaves to others: those of people whom they have declared (people, B6)."""

from uuid import UUID

from django.db.models import QuerySet

from apps.core.actor import Actor
from apps.people.selectors import declared_by, persons_with_documents


def related_persons(actor: Actor) -> QuerySet | None:
    """Their ids, as a subquery; None for those who have declared nobody."""
    documents = declared_by(actor.person_id).documents if actor.person_id is not None else frozenset()
    return persons_with_documents(documents) if documents else None


def is_related(actor: Actor, person_id: UUID) -> bool:
    related = related_persons(actor)
    return related is not None and related.filter(pk=person_id).exists()
