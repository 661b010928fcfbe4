"""A member's photo: offered by the member, taken at the desk, or brought by the association in an archive. What was not
taken over is erased."""

from apps.movements.services.erasing import RETAINED
from apps.movements.services.offers import (
    MemberNotFound,
    NoAttemptsLeft,
    NoMember,
    PhotoWaits,
    accept_photo_offer,
    decline_photo_offer,
    offer_photo,
    take_photo_at_desk,
    withdraw_photo_offer,
)

__all__ = [
    "RETAINED",
    "MemberNotFound",
    "NoAttemptsLeft",
    "NoMember",
    "PhotoWaits",
    "accept_photo_offer",
    "decline_photo_offer",
    "offer_photo",
    "take_photo_at_desk",
    "withdraw_photo_offer",
]
