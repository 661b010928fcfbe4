"""Keeping the roll of passers, as the exam office reports it. Only the import writes here."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from apps.applicants.models import RollEntry
from apps.applicants.selectors.roll import normalise_certificate_number
from apps.audit.services import record, record_each
from apps.core.actor import Actor
from apps.core.encryption import create_data_keys
from apps.people.selectors import identity_index, name_index, normalise_identity_number, normalise_name, sound_index


@dataclass(frozen=True)
class Passer:
    """One line of the roll, checked and normalised."""

    certificate_number: str
    name: str
    identity_type: str
    identity_number: str
    certificate_on: date
    province_code: str

    @classmethod
    def of(cls, *, certificate_number, name, identity_type, identity_number, certificate_on, province_code):
        return cls(
            normalise_certificate_number(certificate_number),
            normalise_name(name),
            identity_type,
            normalise_identity_number(identity_number),
            certificate_on,
            province_code,
        )


@dataclass(frozen=True)
class RollOutcome:
    """What became of a line: created, unchanged, or updated with the names of the fields that differ."""

    kind: str
    differing: tuple[str, ...] = field(default=())


PLAIN_FIELDS = ("certificate_on", "province_code", "identity_type")
SEALED_FIELDS = ("name", "identity_number")


def keep_roll_entry(*, actor: Actor, passer: Passer, import_job=None, now: datetime) -> RollOutcome:
    """Write a line of the roll, found by its certificate number. The same line twice changes nothing."""
    return keep_roll_entries(actor=actor, passers=[passer], import_job=import_job, now=now)[0]


@transaction.atomic
def keep_roll_entries(*, actor: Actor, passers: list[Passer], import_job=None, now: datetime) -> list[RollOutcome]:
    """The same for many lines with different numbers: few questions, locks in the order of the numbers."""
    known = {
        entry.certificate_number: entry
        for entry in RollEntry.objects.select_for_update(of=("self",))
        .select_related("data_key")
        .filter(certificate_number__in=[passer.certificate_number for passer in passers])
        .order_by("certificate_number")
    }
    new = [passer for passer in passers if passer.certificate_number not in known]
    _create(actor, sorted(new, key=lambda passer: passer.certificate_number), import_job, now)
    outcomes = []
    for passer in passers:
        entry = known.get(passer.certificate_number)
        differing = differing_fields(entry, passer) if entry else ()
        if differing:
            _update(actor, entry, passer, differing, import_job, now)
        outcomes.append(RollOutcome("updated" if differing else "unchanged" if entry else "created", differing))
    return outcomes


def differing_fields(entry: RollEntry, passer: Passer) -> tuple[str, ...]:
    return tuple(name for name in (*PLAIN_FIELDS, *SEALED_FIELDS) if getattr(entry, name) != getattr(passer, name))


def _create(actor: Actor, passers: list[Passer], import_job, now: datetime) -> None:
    entries = []
    for passer, key in zip(passers, create_data_keys(len(passers)), strict=True):
        entry = RollEntry(data_key=key, certificate_number=passer.certificate_number)
        _fill(entry, passer, import_job, now)
        entries.append(entry)
    RollEntry.objects.bulk_create(entries)
    record_each(actor, "roll_entry.created", [(entry, _listed(entry)) for entry in entries], now=now)


def _listed(entry: RollEntry) -> dict:
    return {"certificate_number": entry.certificate_number, "certificate_on": entry.certificate_on.isoformat()}


def _update(actor: Actor, entry: RollEntry, passer: Passer, differing, import_job, now: datetime) -> None:
    before = {name: str(getattr(entry, name)) for name in differing if name in PLAIN_FIELDS}
    personal = {name: getattr(entry, name) for name in differing if name in SEALED_FIELDS}
    _fill(entry, passer, import_job, now)
    entry.save()
    record(
        actor,
        "roll_entry.updated",
        entry,
        now=now,
        before=before,
        after={name: str(getattr(entry, name)) for name in before} | {"differing": list(differing)},
        personal={"before": personal} if personal else None,
        data_key=entry.data_key if personal else None,
    )


def _fill(entry: RollEntry, passer: Passer, import_job, now: datetime) -> None:
    entry.name, entry.name_index = passer.name, name_index(passer.name)
    entry.sound_index = sound_index(passer.name)
    entry.identity_type, entry.identity_number = passer.identity_type, passer.identity_number
    entry.identity_index = identity_index(passer.identity_type, passer.identity_number)
    entry.certificate_on, entry.province_code = passer.certificate_on, passer.province_code
    entry.import_job_id, entry.recorded_at = getattr(import_job, "pk", import_job), now
