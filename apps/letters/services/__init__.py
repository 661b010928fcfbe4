"""Asking for an English letter, deciding on it, making it, ending it."""

from apps.letters.services.asking import ask_for_letter
from apps.letters.services.deciding import (
    approve_letter,
    disagree_with_proposal,
    propose_letter,
    propose_refusal,
    refuse_letter,
)
from apps.letters.services.downloading import download_letter
from apps.letters.services.ending import cancel_letter, withdraw_request
from apps.letters.services.erasing import RETAINED
from apps.letters.services.steps import SecondRequest

__all__ = [
    "RETAINED",
    "SecondRequest",
    "approve_letter",
    "ask_for_letter",
    "cancel_letter",
    "disagree_with_proposal",
    "download_letter",
    "propose_letter",
    "propose_refusal",
    "refuse_letter",
    "withdraw_request",
]
