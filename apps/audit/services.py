"""The one way to write into the record."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from apps.audit.models import Record
from apps.core.actor import Actor
from apps.core.encryption import seal
from apps.core.models import DataKey


def record(
    actor: Actor,
    action: str,
    subject,
    *,
    now: datetime,
    before: dict | None = None,
    after: dict | None = None,
    personal: dict | None = None,
    data_key: DataKey | None = None,
    case: str = "",
    purpose: str = "",
) -> Record:
    """Record that `actor` did `action` to `subject` (a saved row), in the caller's transaction.

    `before` and `after` hold listed fields without personal data; what is personal goes into `personal`
    and is sealed under `data_key`, so that erasing the person never touches the record.
    """
    if personal is not None and data_key is None:
        raise ValueError("personal parts of a record need the person's data key")
    return Record.objects.create(
        at=now,
        action=action,
        **_actor_columns(actor),
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        case=case,
        purpose=purpose,
        before=before,
        after=after,
        personal=None
        if personal is None
        else seal(data_key, json.dumps(personal, ensure_ascii=False).encode(), "audit"),
        data_key_id=None if data_key is None else data_key.pk,
    )


def record_each(
    actor: Actor,
    action: str,
    subjects: Sequence[tuple[Model, dict | None]],
    *,
    now: datetime,
    before: dict | None = None,
    case_of: Callable[[Any], str] | None = None,
) -> None:
    """One record for each subject with its `after`, as `record` writes it, with one question to the database.

    `before` is what they had in common; `case_of` names the case of each.
    """
    Record.objects.bulk_create(
        Record(
            at=now,
            action=action,
            **_actor_columns(actor),
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            case=case_of(subject) if case_of else "",
            before=before,
            after=after,
        )
        for subject, after in subjects
    )


def record_bulk_read(
    actor: Actor, action: str, subject_type: str, ids, *, now: datetime, purpose: str, case: str = ""
) -> Record:
    """One record for a reading of many rows, with the list of their ids."""
    return Record.objects.create(
        at=now,
        action=action,
        **_actor_columns(actor),
        subject_type=subject_type,
        subject_id="",
        case=case,
        purpose=purpose,
        read_ids=[str(i) for i in ids],
    )


def _actor_columns(actor: Actor) -> dict:
    return {
        "actor_kind": actor.kind,
        "actor_label": actor.label,
        "actor_user_id": actor.user_id,
        "actor_person_id": actor.person_id,
    }
