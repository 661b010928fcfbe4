"""Photos come to the lines of the roll, are taken back, offered to whom they belong, and go when nobody needs them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, RollMatch, State
from apps.applicants.models import Application, RollEntry, RollPhoto
from apps.applicants.policies import can_fill_in
from apps.applicants.selectors.roll import match_roll, normalise_certificate_number
from apps.applicants.selectors.roll_photos import roll_photo_of
from apps.applicants.services.drafts import store_picture
from apps.applicants.services.filling import may_still_ask
from apps.applicants.services.steps import lock_application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError
from apps.documents.services import discard_file, read_file, store_file
from apps.imports.services.photo_rows import BroughtPhoto

KEPT = timedelta(days=90)
"""So long a photo stays after it was replaced, or after the person whose it is has become a member."""


class NoRollPhoto(PortalError):
    code = "no_roll_photo"
    message = _("没有可以使用的考试照片。请上传一张自己的照片。")


class PhotoStays(PortalError):
    code = "photo_stays"
    message = _("之后又换过照片，没有撤回。")


@transaction.atomic
def keep_roll_photo(*, actor: Actor, brought: BroughtPhoto, job, now: datetime) -> str:
    """The line's photo from now on. Says what became of it: created, updated, unchanged."""
    entry = _locked(brought.owner.pk)
    before = roll_photo_of(entry)
    if before and {before.source_sha256, before.picture.sha256} & {brought.source_sha256, brought.sha256}:
        return "unchanged"
    if before:
        before.superseded_at = now
        before.save(update_fields=["superseded_at"])
    kept = {"media_type": "image/jpeg", "purpose": "roll.photo", "data_key": entry.data_key, "now": now}
    RollPhoto.objects.create(
        entry=entry,
        picture=store_file(content=brought.picture, **kept),
        source_sha256=brought.source_sha256,
        import_job=job,
        recorded_at=now,
    )
    record(actor, "roll_entry.photo_set", entry, after={"import": str(job.pk)}, now=now)
    return "updated" if before else "created"


@transaction.atomic
def undo_roll_photo(*, actor: Actor, entry: RollEntry, job, now: datetime) -> None:
    """Take back what the import has brought to the line: the photo before it is the line's again."""
    entry = _locked(entry.pk)
    photo = RollPhoto.objects.filter(entry=entry, import_job=job).select_related("picture").first()
    if photo is None:
        return
    if photo.superseded_at is not None:
        raise PhotoStays
    _discard(photo)
    before = RollPhoto.objects.filter(entry=entry).order_by("-recorded_at").first()
    if before:
        before.superseded_at = None
        before.save(update_fields=["superseded_at"])
    record(actor, "roll_entry.photo_taken_back", entry, after={"import": str(job.pk)}, now=now)


@transaction.atomic
def use_roll_photo(*, actor: Actor, application_id, now: datetime) -> Application:
    """The applicant asks for the photo of the examination. Only where number, name and document agree wholly, as often
    a day as the roll answers at all, and without ever showing it: an officer compares. Raises NoRollPhoto."""
    draft = lock_application(application_id)
    if not can_fill_in(actor, draft):
        raise NotPermitted
    photo = roll_photo_of(_own_line(draft))
    if photo is None:
        raise NoRollPhoto
    draft.photo, draft.photo_from_roll = store_picture(draft, read_file(photo.picture), now=now), True
    draft.version += 1
    draft.changed_at = now
    draft.save()
    record(actor, "application.page_saved", draft, after={"page": "photo", "from": "roll"}, now=now)
    return draft


def _own_line(draft: Application) -> RollEntry | None:
    number = normalise_certificate_number(draft.answers.get(Field.CERTIFICATE_NUMBER, ""))
    if not number or not may_still_ask(number):
        return None
    who = (draft.answers.get(name, "") for name in (Field.NAME, Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER))
    match, entry = match_roll(number, *who)
    return entry if match == RollMatch.EXACT else None


def forget_roll_photos(*, now: datetime) -> int:
    """Those that were replaced, and those of people who are members by now: the photo that counts is theirs."""
    old = RollPhoto.objects.filter(superseded_at__lt=now - KEPT)
    admitted = Application.objects.filter(
        state=State.CONFIRMED, roll_entry__isnull=False, national_decided_at__lt=now - KEPT
    ).values("roll_entry")
    done_with = RollPhoto.objects.filter(entry__in=admitted, recorded_at__lt=now - KEPT)
    photos = list((old | done_with).values_list("pk", flat=True))
    for photo_id in photos:
        _forget(photo_id)
    return len(photos)


@transaction.atomic
def _forget(photo_id) -> None:
    photo = RollPhoto.objects.select_for_update(of=("self",)).select_related("picture").filter(pk=photo_id).first()
    if photo:
        _discard(photo)


def _discard(photo: RollPhoto) -> None:
    picture = photo.picture
    photo.delete()
    discard_file(picture)


def _locked(entry_id) -> RollEntry:
    return RollEntry.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=entry_id)
