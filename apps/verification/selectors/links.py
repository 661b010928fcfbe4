"""Reading a member's links, and what one of them shows."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from apps.certificates.selectors import Verdict, verdict_for_membership
from apps.core.clock import civil_date
from apps.core.encryption import blind_index
from apps.core.errors import DataKeyDestroyed
from apps.documents.services import read_file
from apps.members.selectors import get_membership, membership_state
from apps.verification.enums import SharedField
from apps.verification.models import ShareLink


@dataclass(frozen=True)
class Wish:
    """What a member chose for a link."""

    fields: list[str]
    days: int
    most_openings: int
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class SharedPage:
    """The verdict of this moment, and what its holder chose to show beside it: label by value, and the photo."""

    verdict: Verdict
    facts: tuple[tuple[str, str], ...] = ()
    photo: str = ""
    """As a `data:` address: it has no address of its own that could be passed on."""


def secret_index(secret: str) -> str:
    return blind_index("share.secret", secret)


def link_by_secret(secret: str) -> ShareLink | None:
    return ShareLink.objects.filter(secret_index=secret_index(secret)).select_related("data_key", "membership").first()


def links_of(membership_ids: Iterable[UUID]) -> QuerySet[ShareLink]:
    """The newest first, with their openings; none of a person who was erased."""
    return (
        ShareLink.objects.filter(membership_id__in=list(membership_ids), data_key__destroyed_at=None)
        .select_related("data_key", "membership")
        .prefetch_related("opened")
        .order_by("-created_at")
    )


def live_links_of(membership_ids: Iterable[UUID], *, now: datetime) -> QuerySet[ShareLink]:
    return ShareLink.objects.filter(
        membership_id__in=list(membership_ids),
        revoked_at=None,
        expires_at__gt=now,
        openings__lt=F("most_openings"),
    )


def shared_page(link: ShareLink, *, now: datetime) -> SharedPage:
    """What the link shows now. Of a person who is no member any more, and of one erased, the verdict alone."""
    membership = get_membership(link.membership_id)
    verdict = verdict_for_membership(membership, now=now)
    state = membership_state(membership, on=max(civil_date(now), membership.admitted_on))
    if not state.is_current:
        return SharedPage(verdict)
    try:
        facts = tuple(_facts(link, membership, state))
        return SharedPage(verdict, facts, _photo(link, membership.person))
    except DataKeyDestroyed:
        return SharedPage(verdict)


def _facts(link: ShareLink, membership, state):
    values = {
        SharedField.NAME: membership.person.name,
        SharedField.NUMBER: membership.number,
        SharedField.FIRM: state.firm.name if state.firm else "",
    }
    for shared in SharedField:
        if shared in link.fields and values.get(shared):
            yield str(shared.label), values[shared]


def _photo(link: ShareLink, person) -> str:
    if SharedField.PHOTO not in link.fields or person.photo is None:
        return ""
    return f"data:{person.photo.media_type};base64,{base64.b64encode(read_file(person.photo)).decode()}"
