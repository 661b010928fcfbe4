"""What a stamp that many documents share says of one of them, and the evidence that anybody can check without us."""

import base64
import hashlib
import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from asn1crypto import cms
from django.db.models import Min, QuerySet

from apps.certificates.models import Sealing, SharedStamp, StampLeaf
from apps.core.clock import civil_date
from apps.core.merkle import HASH_BYTES, root_by_path
from apps.rules.selectors import rule_value

FORMAT = 1
STAMPED_AS = b"CICPA shared stamp 1\n"
RENEWED_AS = b"CICPA renewed stamp 1\n"


def stamped_text(root: bytes, size: int, tokens: Iterable[bytes] = ()) -> bytes:
    """What a ring stamps the SHA-256 of: root and size of the tree; a later ring that, and every ring before it.

    The size is in it, so that a path can lead to one place only.
    """
    first = STAMPED_AS + struct.pack(">Q", size) + root
    hashes = [hashlib.sha256(part).digest() for part in (first, *tokens)]
    return first if len(hashes) == 1 else RENEWED_AS + b"".join(hashes)


def shared_stamp_time(sha256: str) -> datetime | None:
    """When a document existed for sure, by the stamp that its batch shares; None where none proves it.

    The path is walked and the stamps are held against it each time: a row that was changed proves nothing.
    """
    leaf = _leaf(sha256)
    return leaf.shared.stamped_at if leaf and _proves(leaf) else None


def evidence_of(sha256: str) -> dict | None:
    """For a document's shared stamp, by the hash of the file as issued: what verify/cicpa_stamp.py reads.

    None where it has none, or has none yet. It tells nothing of a person, and nothing of the others in the batch.
    """
    leaf = _leaf(sha256)
    if leaf is None or leaf.shared.stamped_at is None:
        return None
    return {
        "format": FORMAT,
        "sha256": sha256,
        "position": leaf.position,
        "size": leaf.shared.size,
        "siblings": [sibling.hex() for sibling in _siblings(leaf)],
        "root": leaf.shared.root,
        "stamps": [
            {
                "stamped_at": ring.stamped_at.astimezone(UTC).isoformat(timespec="seconds"),
                "token": base64.b64encode(bytes(ring.token)).decode(),
            }
            for ring in leaf.shared.rings.all()
        ],
    }


def renew_until(now: datetime) -> datetime:
    """Stamps whose certificates end by then are renewed now."""
    return now + timedelta(days=rule_value("seal.renew_days", on=civil_date(now)))


def batches_to_renew(*, until: datetime) -> QuerySet[SharedStamp]:
    """Those whose last stamp rests on a certificate that ends by then."""
    return SharedStamp.objects.filter(ends_at__lte=until)


def stamps_to_renew(*, now: datetime) -> dict:
    """{"documents", "batches", "problem"}: what is to be stamped again, because a certificate ends soon."""
    until = renew_until(now)
    documents, batches = Sealing.objects.filter(stamp_ends_at__lte=until), batches_to_renew(until=until)
    problems = (rows.exclude(problem="").values_list("problem", flat=True).first() for rows in (documents, batches))
    return {
        "documents": documents.count(),
        "batches": batches.count(),
        "problem": next((problem for problem in problems if problem), ""),
    }


def shared_stamps_waiting() -> dict:
    """{"documents", "batches", "oldest", "problem"}: what has no shared stamp yet, for the operator."""
    documents = Sealing.objects.filter(shares_stamp=True)
    batches = SharedStamp.objects.filter(due_at__isnull=False, stamped_at__isnull=True)
    last = batches.exclude(problem="").order_by("-due_at").values_list("problem", flat=True).first()
    oldest = documents.aggregate(oldest=Min("sealed_at"))["oldest"] or batches.aggregate(made=Min("made_at"))["made"]
    return {"documents": documents.count(), "batches": batches.count(), "oldest": oldest, "problem": last or ""}


def _leaf(sha256: str) -> StampLeaf | None:
    return StampLeaf.objects.select_related("shared").filter(sealing__sha256=sha256).first()


def _siblings(leaf: StampLeaf) -> list[bytes]:
    joined = bytes(leaf.siblings)
    return [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]


def _proves(leaf: StampLeaf) -> bool:
    shared, sha256 = leaf.shared, bytes.fromhex(leaf.sealing.sha256)
    root = root_by_path(sha256, leaf.position, shared.size, _siblings(leaf))
    ring = shared.rings.first()
    if root is None or root.hex() != shared.root or ring is None:
        return False
    expected = hashlib.sha256(stamped_text(root, shared.size)).digest(), shared.stamped_at
    return told_by(bytes(ring.token)) == expected


def told_by(token: bytes) -> tuple[bytes, datetime] | None:
    """The hash and the time in a stamp; None where it is none."""
    try:
        told = cms.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed
        return told["message_imprint"]["hashed_message"].native, told["gen_time"].native
    except (ValueError, TypeError, KeyError):
        return None
