"""The register of seal keys, and every document that was sealed with them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from apps.certificates.enums import Document, SealKeyState, SealLevel
from apps.certificates.workflow import SEAL_KEY
from apps.core.models import Row
from apps.core.triggers import guard_states, written_once

SHA256_SHAPE = r"^[0-9a-f]{64}$"


class RegisteredSealKey(Row):
    """A key that seals for a body, or did: the public half, for everybody to see. The key itself is never here."""

    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    key_id = models.CharField(max_length=64, unique=True)
    """SHA-256 of the certificate."""
    certificate = models.TextField()
    """PEM: the key's own certificate, then what leads from it to a root."""
    state = models.CharField(max_length=12, choices=SealKeyState, default=SealKeyState.ACTIVE)
    active_from = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    compromised_since = models.DateTimeField(null=True)
    """From when on it may have been in other hands; only a time stamp from before still speaks for a seal."""
    compromise_recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["association", "active_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["association"], name="one_active_seal_key", condition=Q(state=SealKeyState.ACTIVE)
            ),
            models.CheckConstraint(name="seal_key_id_shape", condition=Q(key_id__regex=SHA256_SHAPE)),
            models.CheckConstraint(name="seal_key_state_is_known", condition=Q(state__in=SealKeyState.values)),
            models.CheckConstraint(
                name="seal_key_out_of_use_has_time",
                condition=Q(state=SealKeyState.ACTIVE, retired_at__isnull=True)
                | (~Q(state=SealKeyState.ACTIVE) & Q(retired_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="compromised_seal_key_has_times",
                condition=Q(
                    state=SealKeyState.COMPROMISED,
                    compromised_since__isnull=False,
                    compromise_recorded_at__isnull=False,
                )
                | (
                    ~Q(state=SealKeyState.COMPROMISED)
                    & Q(compromised_since__isnull=True, compromise_recorded_at__isnull=True)
                ),
            ),
        ]
        triggers = [
            *guard_states(SEAL_KEY),
            *written_once(but=("state", "retired_at", "compromised_since", "compromise_recorded_at")),
        ]


class Sealing(Row):
    """One document and the keys that sealed it. It tells nothing of a person: the document is known by its hash."""

    document = models.CharField(max_length=12, choices=Document)
    sha256 = models.CharField(max_length=64, unique=True)
    """Of the file as it was issued."""
    keys = ArrayField(models.CharField(max_length=64))
    """Key ids, in the order of the seals."""
    sealed_at = models.DateTimeField()
    wanted = models.CharField(max_length=3, choices=SealLevel)
    """The level that the rules asked for on that day."""
    level = models.CharField(max_length=3, choices=SealLevel)
    """The level reached, by the file as issued or by its known upgrade."""
    stamped_at = models.DateTimeField(null=True)
    """What the first time stamp says: the seals existed then."""
    upgraded_sha256 = models.CharField(max_length=64, blank=True)
    """Of the same file with further revisions, added later. This document is no other file than these two, and those
    that were handed out between them (EarlierUpgrade)."""
    upgraded_at = models.DateTimeField(null=True)
    stamp_ends_at = models.DateTimeField(null=True)
    """When the certificates behind the last stamp over the whole document end: before that it is stamped again."""
    shares_stamp = models.BooleanField(default=False)
    """Waits to be taken into a batch that shares one stamp; then its leaf leads there."""
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    """When the missing level is tried next; None where nothing is missing."""
    problem = models.CharField(max_length=200, blank=True)
    """What the last attempt ended with."""

    class Meta:
        indexes = [
            GinIndex(fields=["keys"], name="sealing_by_key"),
            models.Index(fields=["due_at"], name="sealing_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["sealed_at"], name="sealing_to_share", condition=Q(shares_stamp=True)),
            models.Index(fields=["stamp_ends_at"], name="sealing_to_renew", condition=Q(stamp_ends_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["upgraded_sha256"], name="one_document_per_upgrade", condition=~Q(upgraded_sha256="")
            ),
            models.CheckConstraint(name="sealing_sha256_shape", condition=Q(sha256__regex=SHA256_SHAPE)),
            models.CheckConstraint(name="sealing_has_keys", condition=Q(keys__len__gt=0)),
            models.CheckConstraint(
                name="sealing_levels_are_known",
                condition=Q(wanted__in=SealLevel.values, level__in=SealLevel.values),
            ),
            models.CheckConstraint(
                name="stamped_sealing_has_time",
                condition=Q(level=SealLevel.BASIC, stamped_at__isnull=True)
                | (~Q(level=SealLevel.BASIC) & Q(stamped_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="upgrade_has_hash_and_time",
                condition=Q(upgraded_sha256="", upgraded_at__isnull=True)
                | Q(upgraded_sha256__regex=SHA256_SHAPE, upgraded_at__isnull=False),
            ),
        ]
        triggers = written_once(
            but=(
                *("level", "stamped_at", "upgraded_sha256", "upgraded_at", "stamp_ends_at", "shares_stamp"),
                *("attempts", "due_at", "problem"),
            )
        )


class EarlierUpgrade(Row):
    """An upgrade that was handed out before a later one took its place: whoever kept it has the document."""

    sealing = models.ForeignKey(Sealing, on_delete=models.PROTECT, related_name="earlier_upgrades")
    sha256 = models.CharField(max_length=64, unique=True)
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="earlier_upgrade_shape", condition=Q(sha256__regex=SHA256_SHAPE))]
        triggers = [pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete)]
