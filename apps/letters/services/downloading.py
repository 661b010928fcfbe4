"""Handing a letter to its member, or to an officer; each time is written down."""

from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.letters.models import Letter
from apps.letters.policies import can_download


@transaction.atomic
def download_letter(*, actor: Actor, letter: Letter, now: datetime) -> Letter:
    """Raises NotPermitted to everybody else, and while there is no file; to them it does not exist."""
    if not can_download(actor, letter):
        raise NotPermitted
    record(actor, "letter.downloaded", letter, now=now, case=letter.reference)
    return letter
