"""Which letters somebody may see: their own, or, at the national body, those of others."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.certificates.selectors import is_code, normalise_code
from apps.core.actor import Actor
from apps.core.encryption import blind_index
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.selectors.relations import related_persons
from apps.members.selectors import current_membership_of

_PARTS = ("data_key", "membership__person__data_key", "person__data_key", "user", "file__data_key", "reissue")


def letters_of_member(actor: Actor) -> QuerySet[Letter]:
    """Agrees with policies.is_own; the latest first."""
    if not actor.is_signed_in or actor.person_id is None:
        return Letter.objects.none()
    return _with_parts(Letter.objects.filter(person_id=actor.person_id)).order_by("-asked_at")


def letters_at_office(actor: Actor) -> QuerySet[Letter]:
    """Agrees with policies.can_see_at_office."""
    if not has_permission(actor, Permission.HANDLE_LETTERS):
        return Letter.objects.none()
    rows = _with_parts(Letter.objects.exclude(person_id=actor.person_id) if actor.person_id else Letter.objects.all())
    related = related_persons(actor)
    return rows if related is None else rows.exclude(person_id__in=related)


def letter_by_id(letter_id: UUID) -> Letter:
    return _with_parts(Letter.objects).get(pk=letter_id)


def letter_in_force_for(person_id: UUID, purpose: str, *, today: date) -> Letter | None:
    """The valid letter that another one for the same purpose and addressee would replace."""
    rows = Letter.objects.filter(person_id=person_id, purpose_index=purpose, state=State.ISSUED)
    return rows.filter(valid_until__gte=today).first()


def letter_by_code(typed: str) -> Letter | None:
    """The letter with this code, however it was typed; one that was never issued is not known to anybody."""
    code = normalise_code(typed)
    return _issued_once().filter(code=code).first() if is_code(code) else None


def letter_by_sha256(sha256: str) -> Letter | None:
    """The letter whose file has exactly these bytes."""
    return _issued_once().filter(sha256=sha256).first()


def own_membership(actor: Actor, *, on: date):
    """The membership about which this person may ask for a letter; None where they are no member on that day."""
    return None if actor.person_id is None else current_membership_of(actor.person_id, on=on)


def purpose_index(answers: dict) -> str:
    """Equal for one purpose and one addressee, however it is typed."""
    parts = (answers["purpose"], answers["purpose_text"], answers["addressee"], answers["country"])
    return blind_index("letters.purpose", "\0".join(" ".join(part.casefold().split()) for part in parts))


def _issued_once() -> QuerySet[Letter]:
    return _with_parts(Letter.objects.filter(issued_at__isnull=False))


def _with_parts(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    return rows.select_related(*_PARTS)
