"""One time stamp for many documents: over the root of a Merkle tree of their hashes, with a path for each."""

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.certificates.models.seals import SHA256_SHAPE
from apps.core.models import Row
from apps.core.triggers import written_once


def _stays():
    return pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete)


class SharedStamp(Row):
    """A batch of documents. Its stamps are rings: the first over the root, each further one over those before, too."""

    root = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    stamped_at = models.DateTimeField(null=True)
    """What the first ring says: every document of the batch existed then."""
    ends_at = models.DateTimeField(null=True)
    """When the certificates behind the last ring end: before that there must be another one."""
    due_at = models.DateTimeField(null=True)
    """When the ring that is missing is tried next, or until when somebody is at it; None where none is missing."""
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="shared_stamp_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["ends_at"], name="shared_stamp_ends", condition=Q(ends_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="shared_root_shape", condition=Q(root__regex=SHA256_SHAPE)),
            models.CheckConstraint(name="shared_stamp_is_of_something", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="shared_stamp_has_both_times",
                condition=Q(stamped_at__isnull=True, ends_at__isnull=True)
                | Q(stamped_at__isnull=False, ends_at__isnull=False),
            ),
        ]
        triggers = written_once(but=("stamped_at", "ends_at", "due_at", "attempts", "problem"))


class StampRing(Row):
    """An RFC 3161 time stamp of a batch, as it came (DER)."""

    shared = models.ForeignKey(SharedStamp, on_delete=models.PROTECT, related_name="rings")
    number = models.PositiveSmallIntegerField()
    token = models.BinaryField()
    stamped_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["shared", "number"], name="one_ring_per_number")]
        triggers = [_stays()]


class StampLeaf(Row):
    """Where a document is in the tree of its batch, and the hashes that lead from it to the root."""

    sealing = models.OneToOneField("Sealing", on_delete=models.PROTECT, related_name="leaf")
    shared = models.ForeignKey(SharedStamp, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    siblings = models.BinaryField()
    """From the leaf upwards, 32 bytes each."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shared", "position"], name="one_leaf_per_position")]
        triggers = [_stays()]
