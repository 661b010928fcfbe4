"""The agent's work before anybody else sees it: begin, page by page, photo."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing
from apps.core.steps import touch
from apps.documents.services import store_file
from apps.firms.policies import has_seat_at
from apps.firms.selectors import get_firm
from apps.registrations.enums import Field, Page
from apps.registrations.models import Registration
from apps.registrations.policies import can_type
from apps.registrations.selectors.cases import email_index
from apps.registrations.selectors.drafts import pages_open_to_change
from apps.registrations.services.steps import lock_registration

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O, 1 I L and U: a reference is read aloud on the phone."""


class PageClosed(PortalError):
    code = "page_closed"
    message = _("这一页现在不能修改。需要修改时，请先取回，或等协会要求补正。")


@transaction.atomic
def open_registration(*, actor: Actor, firm_code: str, language: str, now: datetime) -> Registration:
    """A new draft of this firm, by one of its agents or its head."""
    firm = get_firm(firm_code)
    if not has_seat_at(actor, firm.code):
        raise NotPermitted
    if not firm.is_open:
        raise RequirementsMissing([_("这家事务所已终止，不能再提交注册申请。")])
    registration = Registration.objects.create(
        reference=_new_reference(firm.association, civil_date(now).year),
        firm=firm,
        association_id=firm.association_id,
        agent_id=actor.user_id,
        data_key=create_data_key(),
        answers={},
        language=language,
        created_at=now,
        changed_at=now,
    )
    after = {"firm": firm.code, "association": firm.association_id}
    record(actor, "registration.begun", registration, now=now, after=after, case=registration.reference)
    return registration


def save_page(*, actor: Actor, registration_id, page: Page, answers: dict, now: datetime) -> Registration:
    """Keep a page that is in order; what was typed there before is forgotten. Raises PageClosed."""
    return _change(actor, registration_id, page, answers, now=now)


def save_photo(*, actor: Actor, registration_id, picture: bytes, now: datetime) -> Registration:
    """Keep the accepted photo in place of an earlier one. Raises PageClosed."""
    return _change(actor, registration_id, Page.PHOTO, {}, picture=picture, now=now)


@transaction.atomic
def keep_typed(*, actor: Actor, registration_id, page: Page, typed: dict) -> Registration:
    """Keep what stands on a page that is not in order yet, as it was typed: nothing is lost, nothing is decided."""
    registration = _open_page(actor, registration_id, page)
    kept = registration.answers.get("typed", {}) | {page: typed}
    registration.answers = registration.answers | {"typed": kept}
    registration.save(update_fields=["answers"])
    return registration


@transaction.atomic
def _change(
    actor: Actor, registration_id, page: Page, answers: dict, *, now: datetime, picture: bytes | None = None
) -> Registration:
    registration = _open_page(actor, registration_id, page)
    if picture:
        registration.photo = store_file(
            content=picture,
            media_type="image/jpeg",
            purpose="registration.photo",
            data_key=registration.data_key,
            now=now,
        )
    typed = {name: kept for name, kept in registration.answers.get("typed", {}).items() if name != page}
    registration.answers = registration.answers | answers | {"typed": typed}
    registration.email_index = email_index(registration.answers.get(Field.EMAIL, ""))
    touch(registration, now=now)
    registration.save()
    after = {"page": page}
    record(actor, "registration.page_saved", registration, now=now, after=after, case=registration.reference)
    return registration


def _open_page(actor: Actor, registration_id, page: Page) -> Registration:
    registration = lock_registration(registration_id)
    if not can_type(actor, registration):
        raise PageClosed
    if page not in pages_open_to_change(registration):
        raise PageClosed
    return registration


def _new_reference(association, year: int) -> str:
    """As `ZJ-2026-P7K4M-9Q`: random, so that nobody can count along. The P tells it from an application's."""
    while True:
        text = "".join(secrets.choice(ALPHABET) for _place in range(6))
        reference = f"{association.reference_prefix}-{year}-P{text[:4]}-{text[4:]}"
        if not Registration.objects.filter(reference=reference).exists():
            return reference
