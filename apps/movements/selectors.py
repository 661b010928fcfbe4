"""Reading what members have offered, and what they still may."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.core.actor import Actor
from apps.members.selectors import membership_state, memberships_of_person
from apps.movements.enums import PhotoState
from apps.movements.models import PhotoOffer
from apps.people.selectors import get_person, person_id_of_user
from apps.rules.selectors import rule_value

WITH_PERSON = ("person__data_key", "person__photo__data_key", "picture__data_key", "association", "data_key")


@dataclass(frozen=True)
class PhotoPage:
    """What the member's page of photos says."""

    person: object
    waiting: PhotoOffer | None
    last_declined: PhotoOffer | None
    attempts_left: int
    home: object
    """The association that compares."""


def photo_page(user_id: int, *, today: date) -> PhotoPage | None:
    """None for an account without a membership in force."""
    person_id = person_id_of_user(user_id)
    home = person_id and home_association(person_id, today=today)
    if not home:
        return None
    offers = offers_of_person(person_id)
    latest, own = offers.first(), offers.filter(import_job=None).first()
    return PhotoPage(
        person=get_person(person_id),
        waiting=latest if latest and latest.state == PhotoState.OFFERED else None,
        last_declined=own if own and own.state == PhotoState.DECLINED else None,
        attempts_left=attempts_left(person_id, home.code, today=today),
        home=home,
    )


def home_association(person_id, *, today: date):
    """Of the newest membership in force; None for whoever is no member."""
    states = (membership_state(membership, on=today) for membership in memberships_of_person(person_id))
    return next((state.association for state in states if state.is_current), None)


def attempts_left(person_id, association_code: str, *, today: date) -> int:
    """How many photos may still be offered over the net: each that is declined uses one up, until one is accepted."""
    declined = offers_of_person(person_id).filter(state=PhotoState.DECLINED, import_job=None)
    accepted = offers_of_person(person_id).filter(state=PhotoState.ACCEPTED).first()
    if accepted:
        declined = declined.filter(offered_at__gt=accepted.offered_at)
    allowed = int(rule_value("photo.attempts", on=today, association_code=association_code))
    return max(0, allowed - declined.count())


def offers_of_person(person_id) -> QuerySet[PhotoOffer]:
    return PhotoOffer.objects.filter(person_id=person_id).select_related(*WITH_PERSON).order_by("-offered_at", "-id")


def offers_at_office(actor: Actor) -> QuerySet[PhotoOffer]:
    """Those that wait for the actor's associations, the oldest first; never one's own."""
    codes = association_scope(actor, Permission.COMPARE_PHOTOS)
    if not codes or actor.person_id is None:
        return PhotoOffer.objects.none()
    rows = PhotoOffer.objects.filter(association_id__in=codes, state=PhotoState.OFFERED)
    rows = rows.exclude(person_id=actor.person_id).exclude(offered_by_id=actor.user_id)
    return rows.select_related(*WITH_PERSON).order_by("offered_at", "id")


def offer_by_id(offer_id) -> PhotoOffer:
    return PhotoOffer.objects.select_related(*WITH_PERSON).get(pk=offer_id)


def lock_offer(offer_id) -> PhotoOffer:
    """For a change. Raises PhotoOffer.DoesNotExist."""
    return PhotoOffer.objects.select_for_update(of=("self",)).select_related(*WITH_PERSON).get(pk=offer_id)
