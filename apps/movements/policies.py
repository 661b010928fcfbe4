"""Who may offer, compare and withdraw a photo. The scope in selectors agrees; a test compares them."""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor
from apps.movements.models import PhotoOffer


def can_compare_photo(actor: Actor, offer: PhotoOffer) -> bool:
    """The home association's officer, known as a person, who is neither the member nor the account that offered it."""
    return (
        can_take_photos(actor, offer.association_id)
        and actor.person_id != offer.person_id
        and actor.user_id != offer.offered_by_id
    )


def can_take_photos(actor: Actor, association_code: str) -> bool:
    """Of a member who stands before the desk: by an officer of the home association, known as a person."""
    return actor.person_id is not None and has_permission(actor, Permission.COMPARE_PHOTOS, association_code)


def can_withdraw_photo(actor: Actor, offer: PhotoOffer) -> bool:
    return actor.is_signed_in and actor.user_id == offer.offered_by_id
