"""Who acts. Services take an Actor, never a request."""

import enum
from dataclasses import dataclass
from uuid import UUID


class ActorKind(enum.StrEnum):
    ANONYMOUS = "anonymous"
    USER = "user"
    SYSTEM = "system"


@dataclass(frozen=True)
class SeatGrant:
    """One seat of the actor: a role at an association, by code."""

    association_code: str
    role: str


@dataclass(frozen=True)
class OutsideGrant:
    """A seat at a body outside the associations: which kind of body, which one, which role there.

    The app that knows such bodies fills and reads it; nothing below knows what they are.
    """

    body: str
    code: str
    role: str


@dataclass(frozen=True)
class Actor:
    """`person_id` is the natural person behind the account: four-eyes rules compare persons, not accounts."""

    kind: ActorKind
    label: str
    user_id: int | None = None
    person_id: UUID | None = None
    seats: tuple[SeatGrant, ...] = ()
    second_factor: bool = False
    grants: tuple[OutsideGrant, ...] = ()

    @classmethod
    def anonymous(cls) -> "Actor":
        return cls(ActorKind.ANONYMOUS, "anonymous")

    @classmethod
    def system(cls, label: str) -> "Actor":
        """The portal itself: a scheduler's tick, a handler, an operator's command. `label` names which."""
        return cls(ActorKind.SYSTEM, label)

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM

    @property
    def is_signed_in(self) -> bool:
        return self.kind is ActorKind.USER
