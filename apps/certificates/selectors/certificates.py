"""Finding certificates."""

from datetime import datetime
from uuid import UUID

from django.db.models import Min, QuerySet

from apps.certificates.enums import CertificateState, TokenKeyState
from apps.certificates.models import Certificate
from apps.certificates.selectors.codes import is_code, normalise_code
from apps.members.selectors import memberships_of_user

_WITH_MEMBER = ("membership__person__data_key", "data_key")


def certificate_by_code(typed: str) -> Certificate | None:
    """The certificate with this code, however it was typed; one that was never issued is not known to anybody."""
    code = normalise_code(typed)
    if not is_code(code):
        return None
    return _issued_once().filter(code=code).first()


def certificate_by_sha256(sha256: str) -> Certificate | None:
    """The certificate whose file has exactly these bytes."""
    return _issued_once().filter(sha256=sha256).first()


def certificates_of_membership(membership_id: UUID) -> QuerySet[Certificate]:
    """Every version that was issued, the newest first."""
    return _issued_once().filter(membership_id=membership_id).order_by("-version")


def memberships_with_revoked_tokens() -> QuerySet:
    """The ids of memberships whose certificate in force has a QR that nobody may trust any more: to be re-issued."""
    rows = Certificate.objects.exclude(state=CertificateState.SUPERSEDED)
    return rows.filter(token_key__state=TokenKeyState.REVOKED).order_by("pk").values_list("membership_id", flat=True)


def first_issued_at(membership_ids: list[UUID]) -> dict[UUID, datetime]:
    """When each of these memberships had its first certificate: one query; those without are left out."""
    rows = _issued_once().filter(membership_id__in=membership_ids).select_related(None)
    return dict(rows.values_list("membership_id").annotate(first=Min("issued_at")))


def certificates_of_user(user_id: int) -> QuerySet[Certificate]:
    """The certificates in force that this account may download: those of its own memberships, the newest first."""
    return (
        Certificate.objects.filter(membership__in=_memberships(user_id), state=CertificateState.ISSUED)
        .select_related("file__data_key", "membership", "data_key", "run")
        .order_by("-issued_at")
    )


def is_certificate_in_the_making(user_id: int) -> bool:
    """Whether a certificate of this account's is about to be made, so that its page can say so."""
    return Certificate.objects.filter(membership__in=_memberships(user_id), state=CertificateState.REQUESTED).exists()


def _memberships(user_id: int) -> list[UUID]:
    return [membership.pk for membership in memberships_of_user(user_id)]


def _issued_once() -> QuerySet[Certificate]:
    return Certificate.objects.filter(issued_at__isnull=False).select_related(*_WITH_MEMBER)
