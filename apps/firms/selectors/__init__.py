"""Reading the register of firms."""

from apps.firms.selectors.codes import FirmCodeRefused, UsccRefused, normalise_firm_name, read_firm_code, read_uscc
from apps.firms.selectors.firms import (
    firm_grants_on,
    firms_named,
    firms_of,
    firms_visible_to,
    get_firm,
    holders_at_firm,
    seat_of_firm,
    seats_of_firm,
)

__all__ = [
    "FirmCodeRefused",
    "UsccRefused",
    "firm_grants_on",
    "firms_named",
    "firms_of",
    "firms_visible_to",
    "get_firm",
    "holders_at_firm",
    "normalise_firm_name",
    "read_firm_code",
    "read_uscc",
    "seat_of_firm",
    "seats_of_firm",
]
