"""Signatures: the file's first revision with the first seal in it, and a further revision for each seal after it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from apps.certificates.services.one_pass.blank import Blank
from apps.certificates.services.one_pass.pdf_syntax import indirect, text_string
from apps.certificates.services.sealing import Seal, container_template
from apps.core.clock import BEIJING

_CERTIFYING = b"/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P 2>>>>]"
_SIGNATURE = b"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:%s)/Reason %s%s/ByteRange"
_RANGE_ROOM = 48
_END_OF_SIGNATURE = b">>\nendobj\n"


@dataclass
class File:
    """A PDF that grows: its bytes so far, and their hash."""

    blank: Blank
    parts: list[bytes]
    size: int
    hashed: object
    identity: bytes
    table: int = 0
    """Where the last cross-reference table begins."""
    objects: int = 0

    @classmethod
    def begun(cls, blank: Blank, identity: bytes) -> "File":
        return cls(blank, [blank.head], len(blank.head), blank.hashed.copy(), identity, objects=blank.size)

    def add(self, content: bytes) -> None:
        self.parts.append(content)
        self.hashed.update(content)
        self.size += len(content)

    def content(self) -> bytes:
        return b"".join(self.parts)


def write_first_revision(file: File, personal: dict[int, bytes], seal: Seal, *, now: datetime) -> None:
    """Everything, and the seal that certifies it."""
    offsets = dict(file.blank.offsets)
    for number, body in personal.items():
        offsets[number] = file.size
        file.add(indirect(number, body))
    number = file.blank.numbers["seal"]
    offsets[number] = file.size
    _sign(file, number, offsets, seal, _CERTIFYING, now=now)


def write_next_revision(file: File, place: int, seal: Seal, *, now: datetime) -> None:
    """One more seal, over all that is there: only its field is written anew, with its signature."""
    number, field = file.blank.fields[place]
    signature = file.objects
    file.objects += 1
    offsets = {number: file.size}
    file.add(
        field.rstrip().removesuffix(b"endobj").rstrip().removesuffix(b">>") + b"/V %d 0 R >>\nendobj\n" % signature
    )
    offsets[signature] = file.size
    _sign(file, signature, offsets, seal, b"", now=now)


def _sign(file: File, number: int, offsets: dict[int, int], seal: Seal, reference: bytes, *, now: datetime) -> None:
    """Write the signature's object and the end of the revision, sign both, and put the container into the hole."""
    template = container_template(seal.key)
    room = 2 * template.most_bytes
    at = now.astimezone(BEIJING).strftime("%Y%m%d%H%M%S+08'00'").encode()
    head = _SIGNATURE % (number, at, text_string(seal.reason), reference)
    hole = file.size + len(head) + _RANGE_ROOM + len(b"/Contents")
    end = _END_OF_SIGNATURE + _end_of_revision(file, offsets, hole + room + 2 + len(_END_OF_SIGNATURE))
    ranges = b"[0 %d %d %d]" % (hole, hole + room + 2, len(end))
    file.add(head + ranges.ljust(_RANGE_ROOM) + b"/Contents")
    before = file.hashed.copy()
    before.update(end)
    digest = before.digest()
    container = template.filled_der(digest, seal.key.sign(template.to_be_signed(digest)))
    file.add(b"<" + container.hex().encode().ljust(room, b"0") + b">")
    file.table = file.size + len(_END_OF_SIGNATURE)
    file.add(end)


def _end_of_revision(file: File, offsets: dict[int, int], table: int) -> bytes:
    """Cross-reference table and trailer; a revision's own identity beside the file's."""
    latest = hashlib.sha256(file.identity + b"%d" % table).digest()[:16]
    previous = b"/Prev %d" % file.table if file.table else b""
    return b"%strailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        _table(offsets, whole=not file.table),
        file.objects,
        file.blank.root,
        file.blank.numbers["info"],
        file.identity.hex().encode(),
        latest.hex().encode(),
        previous,
        table,
    )


def _table(offsets: dict[int, int], *, whole: bool) -> bytes:
    if whole:
        entries = b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(offsets))
        return b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(offsets) + 1, entries)
    entries = b"".join(b"%d 1\n%010d 00000 n \n" % (number, offsets[number]) for number in sorted(offsets))
    return b"xref\n" + entries
