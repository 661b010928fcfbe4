"""What the tokens in QR codes need: the keys that sign them, and the places in status lists."""

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.certificates.enums import TokenKeyState
from apps.certificates.workflow import TOKEN_KEY
from apps.core.models import Row
from apps.core.triggers import guard_states, written_once


class TokenKey(Row):
    """The public half of an Ed25519 key that signs tokens and status lists. The private half is a file (SEALS_DIR)."""

    key_id = models.CharField(max_length=8, unique=True)
    """The first four bytes of the public key's SHA-256: tokens carry it."""
    public_key = models.BinaryField()
    state = models.CharField(max_length=8, choices=TokenKeyState, default=TokenKeyState.ACTIVE)
    is_specimen = models.BooleanField()
    """Made by a demo or a test. Production signs nothing with it."""
    activated_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], name="one_active_token_key", condition=Q(state=TokenKeyState.ACTIVE)
            ),
            models.CheckConstraint(name="token_key_state_is_known", condition=Q(state__in=TokenKeyState.values)),
            models.CheckConstraint(
                name="token_key_state_has_its_time",
                condition=Q(state=TokenKeyState.ACTIVE, retired_at=None, revoked_at=None)
                | Q(state=TokenKeyState.RETIRED, retired_at__isnull=False, revoked_at=None)
                | Q(state=TokenKeyState.REVOKED, revoked_at__isnull=False),
            ),
        ]
        triggers = [*guard_states(TOKEN_KEY), *written_once(but=("state", "retired_at", "revoked_at"))]


class StatusEntry(models.Model):
    """A place in a status list, drawn at random: it says nothing about whom it was given to, or when.

    What the place says is computed when a list is asked for. Whatever has a token points here, this to nothing.
    """

    list_number = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list_number", "position"], name="one_document_per_place")]
        triggers = [pgtrigger.Protect(name="place_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
