"""Reading letters, and what anybody may learn of them."""

from apps.letters.selectors.letters import (
    letter_by_code,
    letter_by_id,
    letter_by_sha256,
    letters_at_office,
    letters_of_member,
)
from apps.letters.selectors.verdicts import verdict_for_letter, verdict_for_letter_code, verdict_for_letter_file
from apps.letters.selectors.worklist import pile_counts

__all__ = [
    "letter_by_code",
    "letter_by_id",
    "letter_by_sha256",
    "letters_at_office",
    "letters_of_member",
    "pile_counts",
    "verdict_for_letter",
    "verdict_for_letter_code",
    "verdict_for_letter_file",
]
