"""An officer declares a conflict of interest: a person, or an employer they worked for."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted, refuse_if
from apps.outbox.services import enqueue
from apps.people import events
from apps.people.enums import RelationKind, Tie
from apps.people.models import DeclaredRelation
from apps.people.policies import can_declare_relations
from apps.people.selectors import identity_index, read_identity_number, read_name
from apps.people.selectors.relations import employer_index, relations_of


@transaction.atomic
def declare_person(
    *, actor: Actor, tie: str, name: str, identity_type: str, identity_number: str, now: datetime
) -> DeclaredRelation:
    """From now on no case of this person is for the actor. Raises IdentityNumberRefused, NameRefused."""
    name, tie = read_name(name), Tie(tie)
    number = read_identity_number(identity_type, identity_number, today=civil_date(now)).number
    return _declare(
        actor,
        now=now,
        kind=RelationKind.PERSON,
        tie=tie,
        name=name,
        identity_type=identity_type,
        identity_number=number,
        index=identity_index(identity_type, number),
    )


@transaction.atomic
def declare_employer(
    *, actor: Actor, name: str, from_on: date | None = None, to_on: date | None = None, now: datetime
) -> DeclaredRelation:
    """No case of somebody of this employer is for the actor, for as long as the rule says after `to_on`."""
    missing = []
    if not employer_index(name):
        missing.append(_("请填写单位全称，例如：浙江某某会计师事务所（特殊普通合伙）。"))
    if from_on and to_on and to_on < from_on:
        missing.append(_("离开的日期在开始之前，请核对。"))
    refuse_if(missing)
    return _declare(
        actor,
        now=now,
        kind=RelationKind.EMPLOYER,
        name=name.strip(),
        index=employer_index(name),
        from_on=from_on,
        to_on=to_on,
    )


@transaction.atomic
def end_relation(*, actor: Actor, relation_id: UUID, now: datetime) -> DeclaredRelation:
    """Take a declaration back: made by mistake, or no longer so. The row and its record stay."""
    if not can_declare_relations(actor):
        raise NotPermitted
    relation = relations_of(actor.person_id).select_for_update(of=("self",)).filter(pk=relation_id).first()
    if relation is None:
        raise NotPermitted
    relation.ended_at = now
    relation.save(update_fields=["ended_at"])
    _record(actor, "relation.taken_back", relation, now=now)
    return relation


def _declare(actor: Actor, *, now: datetime, **values) -> DeclaredRelation:
    if not can_declare_relations(actor):
        raise NotPermitted(_("您的账号还没有关联到本人，不能申报。请联系管理员办理关联。"))
    relation = DeclaredRelation.objects.create(
        officer_id=actor.person_id,
        data_key=create_data_key(),
        declared_at=now,
        declared_by_id=actor.user_id,
        **values,
    )
    _record(actor, events.RELATION_DECLARED, relation, now=now)
    enqueue(events.RELATION_DECLARED, {"officer_person_id": str(actor.person_id)}, now=now)
    return relation


def _record(actor: Actor, action: str, relation: DeclaredRelation, *, now: datetime) -> None:
    record(
        actor,
        action,
        relation,
        now=now,
        after={"kind": relation.kind, "tie": relation.tie},
        personal={"name": relation.name, "identity_number": relation.identity_number or ""},
        data_key=relation.data_key,
    )
