"""What a certificate says, frozen."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from apps.core.clock import civil_date
from apps.core.encryption import blind_index

OF_THIS_COPY = {"code", "issued_on", "token"}


@dataclass(frozen=True)
class Statement:
    """Plain text and ISO dates only: it is kept as JSON, sealed under the person's key."""

    code: str
    name: str
    sex: str
    kind: str
    number: str
    admitted_on: str
    association_code: str
    association_name: str
    association_english_name: str
    photo_sha256: str
    issued_on: str
    token: str = ""
    """The same, signed for whoever checks without us; empty on certificates from before there were tokens."""

    def texts(self) -> list[str]:
        """What is printed from data, and so must be covered by the fonts."""
        return [self.name, self.number, self.association_name, self.association_english_name]

    def as_json(self) -> dict:
        return asdict(self)

    def content_hash(self) -> str:
        """Equal where the same is said of the same member, whatever the code, the day of issue and the signature."""
        said = {name: value for name, value in asdict(self).items() if name not in OF_THIS_COPY}
        return blind_index("certificates.statement", json.dumps(said, sort_keys=True))


def statement_about(membership, person, state, *, code: str, now: datetime) -> Statement | None:
    """What the register says of this membership today; of one that starts later, what it will say then.

    `state`: of the membership on that day. None where there is nothing to certify: no member any more, or photo or
    sex not known (an imported member).
    """
    if not state.is_current or person.photo is None or not person.sex:
        return None
    return Statement(
        code=code,
        name=person.name,
        sex=person.sex,
        kind=membership.kind,
        number=membership.number,
        admitted_on=membership.admitted_on.isoformat(),
        association_code=state.association.code,
        association_name=state.association.name,
        association_english_name=state.association.english_name,
        photo_sha256=person.photo.sha256,
        issued_on=civil_date(now).isoformat(),
    )
