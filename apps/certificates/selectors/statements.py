"""What a certificate says, frozen."""

from dataclasses import asdict, dataclass


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

    def texts(self) -> list[str]:
        """What is printed from data, and so must be covered by the fonts."""
        return [self.name, self.number, self.association_name, self.association_english_name]

    def as_json(self) -> dict:
        return asdict(self)
