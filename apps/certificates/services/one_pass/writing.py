"""One certificate from its statement to its last seal."""

import hashlib
from datetime import datetime

from apps.certificates.selectors.statements import Statement
from apps.certificates.services.one_pass.blank import blank_for
from apps.certificates.services.one_pass.coverage import NotCovered
from apps.certificates.services.one_pass.filling import personal_objects
from apps.certificates.services.one_pass.revisions import File, write_first_revision, write_next_revision
from apps.certificates.services.page import SealBody
from apps.certificates.services.sealing import Seal, set_seal
from apps.certificates.services.stamping import Stamper


def seal_in_one_pass(
    statement: Statement,
    photo: bytes,
    bodies: list[SealBody],
    seals: list[Seal],
    *,
    specimen: bool,
    now: datetime,
    stamper: Stamper | None = None,
) -> bytes:
    """The sealed certificate, as `seal_plainly` makes it. Raises NotCovered, having kept nothing.

    A seal with a time stamp is set as on any other document: next to the stamp its cost does not count.
    """
    boxes = tuple(seal.box for seal in seals)
    blank = blank_for(statement.kind, tuple(bodies), boxes, specimen)
    personal = personal_objects(statement, photo, blank, alone=len(bodies) == 1)
    file = File.begun(blank, hashlib.sha256(statement.code.encode()).digest()[:16])
    last = len(seals) - 1 if stamper else len(seals)
    if last == 0:
        raise NotCovered("its only seal carries a time stamp")
    write_first_revision(file, personal, seals[0], now=now)
    for place, seal in enumerate(seals[1:last], start=1):
        write_next_revision(file, place, seal, now=now)
    content = file.content()
    return set_seal(content, seals[last], last, now=now, stamper=stamper) if stamper else content
