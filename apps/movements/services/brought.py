"""A photo that the association brings: whether somebody must compare it, and how it is taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError
from apps.imports.services.photo_rows import NEW, REPLACES, UNCHANGED, BroughtPhoto
from apps.movements.enums import PhotoAction, PhotoState
from apps.movements.models import PhotoOffer
from apps.movements.selectors import home_association, lock_offer, offers_of_person
from apps.movements.services.offers import keep_offer, lock_waiting, own_waits, sign_offer, take_over, withdraw_waiting
from apps.movements.workflow import PHOTO_OFFER
from apps.people.selectors import lock_person
from apps.people.services import put_back_photo
from apps.rules.selectors import rule_value

COMPARED_ALWAYS, COMPARED_NEVER = "all", "nobody"


class OwnOfferWaits(PortalError):
    code = "own_offer_waits"
    message = _("会员自己上传的照片正在等待比对。请先在“会员照片”里办理那一张。")


class PhotoStays(PortalError):
    code = "photo_stays"


@transaction.atomic
def keep_brought_photo(*, actor: Actor, person_id, brought: BroughtPhoto, job, now: datetime) -> str:
    """By the rule it is the member's at once, or waits for somebody else to compare it. Says what became of it."""
    waiting = lock_waiting(person_id)
    person = lock_person(person_id)
    home = home_association(person.pk, today=civil_date(now))
    if not home or not may_bring(actor, home.code):
        raise NotPermitted
    if person.pk == actor.person_id:
        raise NotPermitted(_("这是您本人的照片，应由另一位工作人员办理。"))
    before = person.photo_id
    if what_brought_changes(person, brought.sha256, brought.source_sha256) == UNCHANGED:
        return "unchanged"
    if own_waits(person_id, waiting):
        raise OwnOfferWaits
    withdraw_waiting(waiting, now=now)
    origin = {"import_job": job, "source_sha256": brought.source_sha256, "replaced_id": before}
    offer = keep_offer(actor, person, home, brought.picture, now=now, **origin)
    record(actor, "photo.brought", offer, after={"import": str(job.pk)}, now=now)
    if not must_be_compared(home.code, replaces=before is not None, today=civil_date(now)):
        sign_offer(offer, actor)
        take_over(offer, by=actor, now=now)
    return "updated" if before else "created"


def may_bring(actor: Actor, association_code: str) -> bool:
    return has_permission(actor, Permission.IMPORT_PHOTOS, association_code) or has_permission(
        actor, Permission.IMPORT_ALL_PHOTOS, association_code
    )


def must_be_compared(association_code: str, *, replaces: bool, today) -> bool:
    """An association vouches for what it has on file; another photo than that on a certificate is somebody's to see."""
    rule = rule_value("photo.brought", on=today, association_code=association_code)
    return rule == COMPARED_ALWAYS or (replaces and rule != COMPARED_NEVER)


def what_brought_changes(person, sha256: str, source_sha256: str) -> str:
    """NEW, REPLACES, or UNCHANGED: the same as the person's photo, or as the one that waits already."""
    shown = {person.photo.sha256} if person.photo_id else set()
    latest = offers_of_person(person.pk).filter(state__in=[PhotoState.OFFERED, PhotoState.ACCEPTED])
    for offer in latest:
        if offer.state == PhotoState.OFFERED or offer.picture_id == person.photo_id:
            shown |= {offer.picture.sha256, offer.source_sha256}
    if {sha256, source_sha256} & shown:
        return UNCHANGED
    return REPLACES if person.photo_id else NEW


@transaction.atomic
def undo_brought_photo(*, actor: Actor, person_id, job, now: datetime) -> None:
    """One that waits is withdrawn; one that was taken over makes room for the one before. What an officer has compared,
    or what has been replaced since, stays: PhotoStays says so."""
    found = brought_offer(person_id, job)
    offer = found and lock_offer(found.pk)
    person = lock_person(person_id)
    if offer is None or offer.state in {PhotoState.DECLINED, PhotoState.WITHDRAWN}:
        return
    if not may_bring(actor, offer.association_id):
        raise NotPermitted
    if offer.state == PhotoState.ACCEPTED:
        _put_back(offer, person, actor, now)
    action = PhotoAction.WITHDRAW if offer.state == PhotoState.OFFERED else PhotoAction.TAKE_BACK
    offer.state = PHOTO_OFFER.target(offer.state, action)
    offer.decided_at = now
    offer.save()
    record(actor, "photo.taken_back", offer, after={"import": str(job.pk), "state": offer.state}, now=now)


def brought_offer(person_id, job) -> PhotoOffer | None:
    return PhotoOffer.objects.filter(person_id=person_id, import_job=job).order_by("-offered_at").first()


def _put_back(offer: PhotoOffer, person, actor: Actor, now: datetime) -> None:
    if offer.decided_by_id != offer.offered_by_id:
        raise PhotoStays(_("照片已由另一位工作人员比对采用，没有撤回。"))
    if person.photo_id != offer.picture_id:
        raise PhotoStays(_("之后又换过照片，没有撤回。"))
    put_back_photo(actor=actor, person_id=person.pk, stored_file=offer.replaced_id, now=now)
