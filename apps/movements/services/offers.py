"""A member's photo: offered by the member, compared by somebody of the home association, taken over, told of."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError, TransitionRefused
from apps.documents.services import store_file
from apps.members.selectors import membership_by_number
from apps.movements import events
from apps.movements.enums import DeclineReason, PhotoAction, PhotoState
from apps.movements.models import PhotoOffer
from apps.movements.policies import can_compare_photo, can_take_photos, can_withdraw_photo
from apps.movements.selectors import attempts_left, home_association, lock_offer, offers_of_person
from apps.movements.workflow import PHOTO_OFFER
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person, person_id_of_user
from apps.people.services import set_photo
from apps.rules.selectors import rule_value


class NoMember(PortalError):
    code = "no_member"
    message = _("照片用于电子会员证，只有会员可以更换。")


class PhotoWaits(PortalError):
    code = "photo_waits"
    message = _("您上传的照片还在等待比对。想换一张，请先收回它。")


class NoAttemptsLeft(PortalError):
    code = "no_attempts_left"
    message = _("您上传的照片几次没有通过比对，不能再在网上上传。请带身份证件到所属协会，由工作人员现场核对。")


class MemberNotFound(PortalError):
    code = "member_not_found"
    message = _("本协会没有这个编号的会员。请核对会员类别和编号。")


@transaction.atomic
def offer_photo(*, actor: Actor, picture: bytes, now: datetime) -> PhotoOffer:
    """Offer a photo for one's own certificate. Where the rule asks nobody to compare, it is taken over at once.

    Raises NoMember, PhotoWaits, NoAttemptsLeft.
    """
    person_id, today = person_id_of_user(actor.user_id), civil_date(now)
    home = person_id and home_association(person_id, today=today)
    if not home:
        raise NoMember
    waiting = lock_waiting(person_id)
    person = lock_person(person_id)
    if own_waits(person_id, waiting):
        raise PhotoWaits
    if not attempts_left(person_id, home.code, today=today):
        raise NoAttemptsLeft
    withdraw_waiting(waiting, now=now)
    offer = keep_offer(actor, person, home, picture, now=now)
    record(actor, "photo.offered", offer, now=now)
    if rule_value("photo.compared", on=today, association_code=home.code) == "nobody":
        take_over(offer, by=actor, now=now)
    return offer


@transaction.atomic
def accept_photo_offer(*, actor: Actor, offer_id, now: datetime) -> PhotoOffer:
    """It is the same person: the photo becomes the person's, and each certificate that shows another is made anew."""
    offer = _open(actor, offer_id, PhotoAction.ACCEPT)
    sign_offer(offer, actor)
    take_over(offer, by=actor, now=now)
    return offer


@transaction.atomic
def decline_photo_offer(*, actor: Actor, offer_id, reason: DeclineReason, note: str = "", now: datetime) -> PhotoOffer:
    """The photo is not taken over; the member is told why and what to do."""
    offer = _open(actor, offer_id, PhotoAction.DECLINE)
    sign_offer(offer, actor)
    offer.reason, offer.note = DeclineReason(reason), note.strip() or None
    _close(offer, PhotoAction.DECLINE, now=now)
    after = {"state": offer.state, "reason": offer.reason}
    record(
        actor,
        "photo.declined",
        offer,
        after=after,
        personal={"note": offer.note} if offer.note else None,
        data_key=offer.data_key if offer.note else None,
        now=now,
    )
    if offer.import_job_id is None:  # the member has not offered it, and has nothing to mend
        enqueue(events.PHOTO_DECLINED, {"offer_id": str(offer.pk), "person_id": str(offer.person_id)}, now=now)
    return offer


@transaction.atomic
def withdraw_photo_offer(*, actor: Actor, offer_id, now: datetime) -> PhotoOffer:
    """The member takes it back and may offer another."""
    offer = lock_offer(offer_id)
    if not can_withdraw_photo(actor, offer):
        raise NotPermitted
    _close(offer, PhotoAction.WITHDRAW, now=now)
    record(actor, "photo.withdrawn", offer, after={"state": offer.state}, now=now)
    return offer


@transaction.atomic
def take_photo_at_desk(*, actor: Actor, kind: str, number: str, picture: bytes, now: datetime) -> PhotoOffer:
    """Of a member who stands before the officer with an identity document: compared and taken over in one act.

    Raises MemberNotFound, also for members of another association.
    """
    membership = membership_by_number(kind, number)
    home = membership and home_association(membership.person_id, today=civil_date(now))
    if not home or not can_take_photos(actor, home.code):
        raise MemberNotFound
    if membership.person_id == actor.person_id:
        raise NotPermitted(_("这是您本人的照片，应由另一位工作人员办理。"))
    withdraw_waiting(lock_waiting(membership.person_id), now=now)
    person = lock_person(membership.person_id)
    offer = keep_offer(actor, person, home, picture, now=now)
    sign_offer(offer, actor)
    take_over(offer, by=actor, now=now)
    return offer


def lock_waiting(person_id) -> list[PhotoOffer]:
    """What waits of this person, locked: before the person, as everywhere."""
    waiting = offers_of_person(person_id).filter(state=PhotoState.OFFERED)
    offers = [lock_offer(pk) for pk in waiting.values_list("pk", flat=True)]
    return [offer for offer in offers if offer.state == PhotoState.OFFERED]


def own_waits(person_id, locked: list[PhotoOffer]) -> bool:
    """Whether something waits that gives way to nothing: the member's own, or what came before the lock was ours."""
    brought = [offer.pk for offer in locked if offer.import_job_id is not None]
    return offers_of_person(person_id).filter(state=PhotoState.OFFERED).exclude(pk__in=brought).exists()


def withdraw_waiting(offers: list[PhotoOffer], *, now: datetime) -> None:
    """What waits gives way: to what is taken at the desk, and what an archive brought to what the member chooses."""
    for offer in offers:
        _close(offer, PhotoAction.WITHDRAW, now=now)


def _open(actor: Actor, offer_id, action: PhotoAction) -> PhotoOffer:
    offer = lock_offer(offer_id)
    if not can_compare_photo(actor, offer):
        raise NotPermitted
    if not PHOTO_OFFER.allows(offer.state, action):
        raise TransitionRefused(_("这张照片已经有人办理，您的操作没有生效。"))
    lock_person(offer.person_id)
    return offer


def keep_offer(actor: Actor, person, home, picture: bytes, *, now: datetime, **origin) -> PhotoOffer:
    file = store_file(
        content=picture, media_type="image/jpeg", purpose="photo.offer", data_key=person.data_key, now=now
    )
    return PhotoOffer.objects.create(
        person=person,
        association=home,
        data_key=person.data_key,
        picture=file,
        offered_at=now,
        offered_by_id=actor.user_id,
        **origin,
    )


def sign_offer(offer: PhotoOffer, actor: Actor) -> None:
    offer.decided_by_id, offer.decided_by_person_id = actor.user_id, actor.person_id


def take_over(offer: PhotoOffer, *, by: Actor, now: datetime) -> None:
    _close(offer, PhotoAction.ACCEPT, now=now)
    record(by, "photo.accepted", offer, after={"state": offer.state}, now=now)
    set_photo(actor=by, person_id=offer.person_id, stored_file=offer.picture_id, now=now)


def _close(offer: PhotoOffer, action: PhotoAction, *, now: datetime) -> None:
    offer.state = PHOTO_OFFER.target(offer.state, action)
    offer.decided_at = now
    offer.save()
