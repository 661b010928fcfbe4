"""Invented persons for tests."""

import itertools
from datetime import date

from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.core.encryption import create_data_key
from apps.people.enums import IdentityType
from apps.people.services import register_person

_sequence = itertools.count(1)


def resident_id(born=date(1990, 1, 1), sequence=None, region="330106") -> str:
    """A number that passes every check; the next one at each call unless `sequence` (0-999) is given."""
    digits = f"{region}{born:%Y%m%d}{(next(_sequence) if sequence is None else sequence) % 1000:03d}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(digits))
    return digits + "10X98765432"[total % 11]


def make_person(name="王小明", **changes):
    """A person known by a resident ID, unless said otherwise."""
    values = {
        "actor": Actor.system("test"),
        "name": name,
        "identity_type": IdentityType.RESIDENT_ID,
        "identity_number": changes.pop("identity_number", None) or resident_id(),
        "data_key": changes.pop("data_key", None) or create_data_key(),
        "now": changes.pop("now", None) or present(),
    }
    return register_person(**values | changes)
