"""The door through which a document gets its electronic seals, whatever it says and whoever made it."""

from collections.abc import Sequence
from datetime import datetime

from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.sealing import Seal, seal_pdf

Box = tuple[float, float, float, float]
"""Where a drawn seal stands on the first page, in points from the lower left."""


def seal_document(
    pdf: bytes,
    seals: Sequence[tuple[str, Box]],
    *,
    purpose: str,
    reason: str,
    now: datetime,
) -> bytes:
    """`pdf` with the seals of these bodies, (code, box) each, set in this order; the last one covers the whole file.

    `purpose` is the class of document, as in the rule that says which classes get a time stamp; `reason` is shown by
    PDF readers and tells nothing personal. Signs, so it is called outside a transaction. Raises SealKeyMissing,
    SpecimenKeyRefused: each says what an operator has to do.
    """
    return seal_pdf(pdf, [Seal(seal_key(code), box, reason) for code, box in seals], now=now)
