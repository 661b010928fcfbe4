"""Links that a member makes and takes back, and that somebody opens. Each opening is counted once, two at once too."""

import secrets
from datetime import datetime, timedelta
from ipaddress import ip_address
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.encryption import blind_index
from apps.core.errors import NotPermitted, PortalError
from apps.members.selectors import get_membership
from apps.people.selectors import lock_person
from apps.verification.enums import MOST_LIVE_LINKS, SECRET_BYTES, Device, LinkState
from apps.verification.models import ShareLink, ShareOpening
from apps.verification.policies import can_revoke, can_share
from apps.verification.selectors.links import Wish, live_links_of, secret_index

READ_AGAIN = timedelta(minutes=30)
"""So long the page that opened a link may be read again without being counted again."""


class TooManyLinks(PortalError):
    code = "too_many_links"
    message = _("您有 20 个还能打开的链接，不能再多了。请先收回不再需要的，再新建。")


class LinkClosed(PortalError):
    """`state` says why; the same page for all."""

    code = "link_closed"

    def __init__(self, state: str):
        self.state = state
        super().__init__()


@transaction.atomic
def create_link(*, actor: Actor, membership_id: UUID, wish: Wish, now: datetime) -> ShareLink:
    """Raises NotPermitted, TooManyLinks."""
    if not can_share(actor, membership_id):
        raise NotPermitted
    membership = get_membership(membership_id)
    person = lock_person(membership.person_id)
    if live_links_of([membership_id], now=now).count() >= MOST_LIVE_LINKS:
        raise TooManyLinks
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ShareLink.objects.create(
        membership=membership,
        data_key=person.data_key,
        secret=secret,
        secret_index=secret_index(secret),
        fields=wish.fields,
        note=wish.note or None,
        created_at=now,
        expires_at=now + timedelta(days=wish.days),
        most_openings=wish.most_openings,
    )
    after = {"fields": wish.fields, "days": wish.days, "most_openings": wish.most_openings}
    record(actor, "share_link.created", link, now=now, after=after, case=membership.case)
    return link


@transaction.atomic
def revoke_link(*, actor: Actor, link_id: UUID, now: datetime) -> ShareLink:
    """At once, also for whoever has the page open. A second call only returns. Raises NotPermitted."""
    link = _locked(pk=link_id)
    if link is None or not can_revoke(actor, link):
        raise NotPermitted
    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        record(actor, "share_link.revoked", link, now=now, case=link.membership.case)
    return link


@transaction.atomic
def open_link(*, secret: str, visit: str, ip: str = "", agent: str = "", now: datetime) -> ShareLink:
    """Count one opening; pressed twice from one page (`visit`), one. Raises LinkClosed."""
    link = _locked(secret_index=secret_index(secret))
    if link is None:
        raise LinkClosed("")
    index = blind_index("share.visit", f"{link.pk}:{visit}")
    again = link.opened.filter(visit_index=index, opened_at__gt=now - READ_AGAIN).exists()
    state = link.state(now=now)
    if again and state in {LinkState.OPEN, LinkState.USED_UP}:
        return link
    if state != LinkState.OPEN or link.opened.filter(visit_index=index).exists():
        raise LinkClosed(state)
    link.openings += 1
    link.save(update_fields=["openings"])
    opening = ShareOpening.objects.create(
        link=link, opened_at=now, visit_index=index, device=device_of(agent), network=network_of(ip)
    )
    record(Actor.anonymous(), "share_link.opened", opening, now=now, case=link.membership.case)
    return link


def device_of(agent: str) -> Device:
    if not agent.startswith("Mozilla/"):
        return Device.OTHER
    return Device.PHONE if any(word in agent for word in ("Mobile", "Android", "iPhone", "iPad")) else Device.COMPUTER


def network_of(ip: str) -> str:
    """`203.0.113.9` becomes `203.0.*.*`, an address of the sixth version its first two groups."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ""
    if address.version == 4:
        return ".".join([*str(address).split(".")[:2], "*", "*"])
    return ":".join(address.exploded.split(":")[:2]) + "::"


def _locked(**which) -> ShareLink | None:
    links = ShareLink.objects.select_for_update(of=("self",)).select_related("data_key", "membership")
    return links.filter(**which).first()
