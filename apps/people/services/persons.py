"""What may be done to persons. The process that calls has authorised the actor; here the identity is kept single."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record, record_bulk_read
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import PortalError
from apps.core.models import DataKey
from apps.documents.selectors import get_file
from apps.documents.services import read_file, store_file
from apps.outbox.services import enqueue
from apps.people import events
from apps.people.enums import IdentityType
from apps.people.models import IdentityDocument, Person, UserLink
from apps.people.selectors import (
    IdentityNumberRefused,
    candidate_index,
    get_person,
    identity_index,
    lock_person,
    name_index,
    person_by_identity,
    read_identity_number,
    read_name,
)


class IdentityTaken(PortalError):
    """The document already leads to somebody else."""

    code = "identity_taken"
    message = _("这个证件号码已登记在另一人名下。请致电协会核对，工作人员会为您合并或更正记录。")


class UserBelongsToAnother(PortalError):
    code = "user_belongs_to_another"
    message = _("这个账号已属于另一人。请用本人的账号登录，或致电协会更正。")


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    name: str,
    identity_type: str,
    identity_number: str,
    country: str = "",
    sex: str = "",
    birth_on: date | None = None,
    nationality: str = "",
    data_key: DataKey,
    now: datetime,
) -> Person:
    """The person with this document: the one already known, else a new one under `data_key`.

    Two calls at once make one person. Raises IdentityNumberRefused, NameRefused.
    """
    name = read_name(name)
    reading = read_identity_number(identity_type, identity_number, today=civil_date(now))
    country = _issuing_country(identity_type, country)
    _lock_identity(identity_type, reading.number, country)
    if known := person_by_identity(identity_type, reading.number, country):
        return known
    person = Person.objects.create(
        data_key=data_key,
        name=name,
        name_index=name_index(name),
        sex=sex or reading.sex or "",
        birth_on=birth_on or reading.birth_on,
        candidate_index=candidate_index(name, birth_on or reading.birth_on),
        nationality=nationality,
        created_at=now,
    )
    _write_document(person, identity_type, reading.number, country, is_former=False, now=now)
    record(
        actor,
        "person.registered",
        person,
        after={"identity_type": identity_type, "country": country},
        personal={"name": name, "identity_number": reading.number},
        data_key=data_key,
        now=now,
    )
    return person


@transaction.atomic
def add_identity_document(
    *, actor: Actor, person_id: UUID, type: str, number: str, country: str = "", is_former: bool = False, now: datetime
) -> IdentityDocument:
    """Another document of a person: a passport beside a permit, or the number they had before.

    Raises IdentityNumberRefused, IdentityTaken. A repeated call returns the document already kept.
    """
    reading = read_identity_number(type, number, today=civil_date(now), former=is_former)
    country = _issuing_country(type, country)
    _lock_identity(type, reading.number, country)
    person = lock_person(person_id)
    known = IdentityDocument.objects.filter(number_index=identity_index(type, reading.number), country=country).first()
    if known is not None:
        if known.person_id != person.pk:
            raise IdentityTaken
        return known
    document = _write_document(person, type, reading.number, country, is_former=is_former, now=now)
    record(
        actor,
        "identity_document.added",
        person,
        after={"type": type, "country": country, "is_former": is_former},
        personal={"number": reading.number},
        data_key=person.data_key,
        now=now,
    )
    return document


@transaction.atomic
def confirm_details(
    *,
    actor: Actor,
    person_id: UUID,
    name: str,
    sex: str,
    birth_on: date | None,
    nationality: str = "",
    case: str = "",
    now: datetime,
) -> Person:
    """Take over what two officers have confirmed: until then a person bears what was first typed for their document.

    A repeated call changes nothing. What stood there before stays in the audit record, sealed.
    """
    person = lock_person(person_id)
    confirmed = {
        "name": read_name(name),
        "sex": sex,
        "birth_on": birth_on,
        "nationality": nationality or person.nationality,
    }
    before = {field: getattr(person, field) for field in confirmed}
    if before == confirmed:
        return person
    for field, value in confirmed.items():
        setattr(person, field, value)
    person.name_index = name_index(person.name)
    person.candidate_index = candidate_index(person.name, person.birth_on)
    person.save(update_fields=[*confirmed, "name_index", "candidate_index"])
    changed = sorted(field for field in confirmed if before[field] != confirmed[field])
    record(
        actor,
        "person.details_confirmed",
        person,
        after={"changed": changed},
        personal={"before": {field: str(value) for field, value in before.items()}},
        data_key=person.data_key,
        case=case,
        now=now,
    )
    _tell(person, changed, now=now)
    return person


@transaction.atomic
def set_photo(*, actor: Actor, person_id: UUID, stored_file, case: str = "", now: datetime) -> Person:
    """Give a person the accepted photo (a StoredFile or its id). Earlier photos stay stored.

    One sealed under another key, as that of a case, is stored anew under the person's: erasing them erases it.
    """
    person = lock_person(person_id)
    file = get_file(getattr(stored_file, "pk", stored_file))
    if person.photo_id and get_file(person.photo_id).sha256 == file.sha256:
        return person
    if file.data_key_id != person.data_key_id:
        file = store_file(
            content=read_file(file),
            media_type=file.media_type,
            purpose="person.photo",
            data_key=person.data_key,
            now=now,
        )
    before = {"photo": person.photo_id and str(person.photo_id)}
    person.photo = file
    person.save(update_fields=["photo"])
    record(actor, "person.photo_set", person, before=before, after={"photo": str(file.pk)}, case=case, now=now)
    _tell(person, ["photo"], now=now)
    return person


@transaction.atomic
def put_back_photo(*, actor: Actor, person_id: UUID, stored_file, now: datetime) -> Person:
    """Give a person the photo that was theirs before (a StoredFile's id), or none: another one was a mistake."""
    person = lock_person(person_id)
    before = {"photo": person.photo_id and str(person.photo_id)}
    person.photo_id = stored_file
    person.save(update_fields=["photo"])
    after = {"photo": stored_file and str(stored_file)}
    record(actor, "person.photo_put_back", person, before=before, after=after, now=now)
    _tell(person, ["photo"], now=now)
    return person


@transaction.atomic
def link_user(*, user_id: int, person_id: UUID, now: datetime, actor: Actor | None = None) -> UserLink:
    """Say whose account it is. A repeated call changes nothing. Raises UserBelongsToAnother."""
    link, created = UserLink.objects.get_or_create(user_id=user_id, defaults={"person_id": person_id, "linked_at": now})
    if link.person_id != person_id:
        raise UserBelongsToAnother
    if created:
        actor = actor or Actor.system("people.link_user")
        record(actor, "person.user_linked", get_person(person_id), after={"user_id": user_id}, now=now)
    return link


def record_reading(*, actor: Actor, person_ids, purpose: str, case: str = "", now: datetime) -> None:
    """Write down that `actor` saw personal data of these persons, and why: each of them may ask (product.md, C7)."""
    ids = [person_ids] if isinstance(person_ids, UUID) else list(person_ids)
    if ids:
        record_bulk_read(actor, "person.read", Person._meta.label_lower, ids, purpose=purpose, case=case, now=now)


def _tell(person: Person, fields: list[str], *, now: datetime) -> None:
    enqueue(events.CHANGED, {"person_id": str(person.pk), "fields": fields}, now=now)


def _write_document(
    person: Person, type: str, number: str, country: str, *, is_former: bool, now: datetime
) -> IdentityDocument:
    return IdentityDocument.objects.create(
        person=person,
        data_key=person.data_key,
        type=type,
        number=number,
        number_index=identity_index(type, number),
        country=country,
        is_former=is_former,
        recorded_at=now,
    )


def _issuing_country(type: str, country: str) -> str:
    """Only a passport, or a document of no listed type, needs to say who issued it."""
    if type == IdentityType.PASSPORT and not country:
        raise IdentityNumberRefused(_("请选择护照的签发国家或地区。"))
    return country if type in {IdentityType.PASSPORT, IdentityType.OTHER} else ""


def _lock_identity(type: str, number: str, country: str) -> None:
    """One registration at a time for one document: whoever comes second finds what the first has made.

    Comes before the person's lock, always.
    """
    key = f"{identity_index(type, number)}{country}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
