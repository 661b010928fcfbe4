"""What is told about a member's photo."""

from datetime import datetime

from django.utils.translation import override

from apps.accounts.selectors import user_by_id
from apps.associations.selectors import contact_for
from apps.movements.selectors import offer_by_id
from apps.notifications.services.sending import Reader, address_of, send_once


def tell_of_declined_photo(offer_id, *, now: datetime) -> None:
    """To the account that offered it: why, and where to send another. The officer's own words stand on the page."""
    offer = offer_by_id(offer_id)
    user = user_by_id(offer.offered_by_id)
    with override(user.language):
        context = {
            "reason": offer.get_reason_display(),
            "page": address_of("movements:photo"),
            "contact": contact_for(offer.association),
            "association": offer.association,
        }
        reader = Reader(user.email, user.language)
        send_once("photo_declined", reader, context, case=str(offer.pk), once="", data_key=offer.data_key, now=now)
