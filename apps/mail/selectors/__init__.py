"""What other rooms may ask of mail."""

from apps.mail.selectors.messages import (
    Delivery,
    address_index,
    deliveries_of_case,
    is_under_way,
    mask_address,
    messages_for,
    messages_of_case,
    received_messages,
    was_received,
)
from apps.mail.selectors.sms import sms_parts

__all__ = [
    "Delivery",
    "address_index",
    "deliveries_of_case",
    "is_under_way",
    "mask_address",
    "messages_for",
    "messages_of_case",
    "received_messages",
    "sms_parts",
    "was_received",
]
