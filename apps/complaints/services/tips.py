"""Tips come in from anybody, are noted on and answered by the national body."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from apps.audit.services import record
from apps.complaints.enums import TipAction
from apps.complaints.models import Tip, TipNote
from apps.complaints.policies import can_answer_tips
from apps.complaints.workflow import TIP
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted
from apps.documents.services import take_in
from apps.mail.services import send_mail

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O, 1 I L and U: a reference is read aloud on the phone."""


@dataclass(frozen=True)
class Telling:
    """What somebody wrote."""

    subject: str
    text: str = field(repr=False)
    code: str = ""
    seen_where: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    language: str = "zh-hans"


def give_tip(telling: Telling, *, ticket: str, picture=None, now: datetime) -> Tip:
    """Take a tip in; sent twice from one page, one. Raises UploadRefused for a picture that is none."""
    if known := Tip.objects.filter(ticket=ticket).first():
        return known
    try:
        with transaction.atomic():
            return _take_in(telling, ticket, picture, now=now)
    except IntegrityError:  # both were on their way
        return Tip.objects.get(ticket=ticket)


def _take_in(telling: Telling, ticket: str, picture, *, now: datetime) -> Tip:
    key = create_data_key()
    tip = Tip.objects.create(
        reference=_new_reference(civil_date(now).year),
        ticket=ticket,
        data_key=key,
        code=telling.code,
        subject=telling.subject,
        text=telling.text,
        seen_where=telling.seen_where or None,
        contact=telling.contact or None,
        language=telling.language,
        picture=take_in(upload=picture, data_key=key, purpose="tip.picture", now=now) if picture else None,
        received_at=now,
    )
    after = {"subject": tip.subject, "has_picture": picture is not None, "has_contact": bool(telling.contact)}
    record(Actor.anonymous(), "tip.given", tip, now=now, after=after, case=tip.reference)
    return tip


@transaction.atomic
def note_on_tip(*, actor: Actor, reference: str, text: str, now: datetime) -> TipNote:
    """Raises NotPermitted."""
    tip = _locked(actor, reference)
    note = TipNote.objects.create(
        tip=tip, data_key=tip.data_key, text=text, written_at=now, written_by_label=actor.label
    )
    record(actor, "tip.noted", tip, now=now, case=tip.reference)
    return note


@transaction.atomic
def answer_tip(*, actor: Actor, reference: str, answer: str, now: datetime) -> Tip:
    """Close it; whoever left a mail address is told. Raises NotPermitted, TransitionRefused."""
    tip = _locked(actor, reference)
    before = tip.state
    tip.state = TIP.target(tip.state, TipAction.ANSWER)
    tip.answer, tip.answered_at, tip.answered_by_label = answer, now, actor.label
    tip.save(update_fields=["state", "answer", "answered_at", "answered_by_label"])
    after = {"state": tip.state, "told": bool(tip.contact)}
    record(actor, "tip.answered", tip, now=now, before={"state": before}, after=after, case=tip.reference)
    if tip.contact:
        _tell(tip, now=now)
    return tip


@transaction.atomic
def read_tip(*, actor: Actor, reference: str, now: datetime) -> Tip:
    """The tip, and a record that it was read: it may name people. Raises NotPermitted."""
    tip = _locked(actor, reference)
    record(actor, "tip.read", tip, now=now, case=tip.reference)
    return tip


def _locked(actor: Actor, reference: str) -> Tip:
    tips = Tip.objects.select_for_update(of=("self",)).select_related("data_key", "picture")
    tip = tips.filter(reference=reference, data_key__destroyed_at=None).first()
    if tip is None or not can_answer_tips(actor):
        raise NotPermitted
    return tip


def _tell(tip: Tip, *, now: datetime) -> None:
    send_mail(
        template="complaints/answer",
        to=tip.contact,
        context={"reference": tip.reference, "answer": tip.answer},
        language=tip.language,
        purpose="tip.answer",
        now=now,
        case=tip.reference,
        data_key=tip.data_key,
    )


def _new_reference(year: int) -> str:
    """As `TS-2026-7K4M9Q`: random, so that nobody can count along."""
    while True:
        reference = f"TS-{year}-" + "".join(secrets.choice(ALPHABET) for _place in range(6))
        if not Tip.objects.filter(reference=reference).exists():
            return reference
