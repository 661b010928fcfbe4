"""What upper floors may ask of practising registration."""

from apps.registrations.selectors.cases import (
    registration_by_id,
    registration_by_reference,
    registrations_of_candidate,
)
from apps.registrations.selectors.words import WORDS

__all__ = ["WORDS", "registration_by_id", "registration_by_reference", "registrations_of_candidate"]
