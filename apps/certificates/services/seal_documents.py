"""The door through which a document gets its electronic seals, whatever it says and whoever made it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from apps.certificates.enums import SealLevel
from apps.certificates.services.long_term import lengthened
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.seal_register import record_seal_use
from apps.certificates.services.sealing import Seal, SealedPdf, seal_pdf
from apps.certificates.services.stamping import Stamper, stamper
from apps.core.clock import civil_date
from apps.rules.selectors import rule_value

Box = tuple[float, float, float, float]
"""Where a drawn seal stands on the first page, in points from the lower left."""
Make = Callable[[list[Seal], Stamper | None], bytes]


def seal_document(pdf: bytes, seals: Sequence[tuple[str, Box]], *, purpose: str, reason: str, now: datetime) -> bytes:
    """`pdf` with the seals of these bodies, (code, box) each, set in this order; the use of their keys is recorded.

    `purpose` is a word of enums.Document: rules say which kinds get a time stamp. `reason` is shown by PDF readers and
    tells nothing personal. Signs and may wait for a stamp, so it is called outside a transaction. Raises
    SealKeyMissing, SpecimenKeyRefused, SealKeyOutOfUse: each says what an operator has to do.
    """
    sealed = seal(pdf, seals, purpose=purpose, reason=reason, now=now)
    record_seal_use([sealed], purpose=purpose, now=now)
    return sealed.content


def seal(pdf: bytes, seals: Sequence[tuple[str, Box]], *, purpose: str, reason: str, now: datetime) -> SealedPdf:
    """As `seal_document`, but writes nothing: the caller passes it to `record_seal_use` when it keeps the file."""
    return seal_while_making(
        lambda placed, stamps: seal_pdf(pdf, placed, now=now, stamper=stamps),
        seals,
        purpose=purpose,
        reason=reason,
        now=now,
    )


def seal_while_making(
    make: Make, seals: Sequence[tuple[str, Box]], *, purpose: str, reason: str, now: datetime
) -> SealedPdf:
    """As `seal`, of a document that `make` writes and seals at once: (seals, stamper of the last or None) -> bytes."""
    keys = tuple(seal_key(code) for code, _box in seals)
    wanted = wanted_level(purpose, now=now)
    stamps = stamper(now=now) if wanted != SealLevel.BASIC else None
    placed = [Seal(key, box, reason) for key, (_code, box) in zip(keys, seals, strict=True)]
    content, level = make(placed, stamps), SealLevel.BASIC
    if stamps is None:
        return SealedPdf(content, keys, now, wanted, level)
    content, level = lengthened(content, wanted, stamps, now=now)
    ends_at = stamps.ends_at if level == SealLevel.ARCHIVED else None
    return SealedPdf(content, keys, now, wanted, level, stamps.stamped_at, stamps.problem, ends_at)


def wanted_level(purpose: str, *, now: datetime) -> str:
    """The level that documents of this kind should have, by the rules of the day."""
    on = civil_date(now)
    return rule_value("seal.level", on=on) if purpose in rule_value("seal.stamped", on=on) else SealLevel.BASIC
