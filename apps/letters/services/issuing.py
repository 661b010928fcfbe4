"""Making an approved letter. Killed at any line and repeated, there is exactly one letter and one event.

The statement is frozen with the approval; the work is done outside any transaction, and a short one keeps the result.
Whoever comes second finds the work done.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.certificates.enums import Document
from apps.certificates.services.seal_register import record_seal_use
from apps.certificates.services.sealing import SealedPdf
from apps.core.actor import Actor
from apps.documents.services import store_file
from apps.letters import events
from apps.letters.enums import Action, State
from apps.letters.models import Letter
from apps.letters.selectors.letters import letter_by_id
from apps.letters.services.ending import take_back_consent
from apps.letters.services.making import make_sealed_letter
from apps.letters.services.steps import finish_step, lock_letter, take_step

ISSUER = Actor.system("letters.issuing")


def issue_letter(letter_id: UUID, *, now: datetime) -> Letter:
    """The letter with its file; untouched where it is made already or was cancelled meanwhile.

    Raises MissingGlyphs, SealKeyMissing and what else an operator has to mend; asking again then goes on.
    """
    letter = letter_by_id(letter_id)
    if letter.state != State.APPROVED:
        return letter
    return complete_letter(letter.pk, make_sealed_letter(letter, now=now), now=now)


@transaction.atomic
def complete_letter(letter_id: UUID, sealed: SealedPdf, *, now: datetime) -> Letter:
    """Keep the sealed file and put the letter into force, the one before for the same purpose out of it."""
    letter = lock_letter(letter_id)
    if letter.state != State.APPROVED:
        return letter
    before = getattr(letter, "reissue_of", None)
    if before and before.letter.state == State.CANCELLED:
        return _follow_into_cancelling(letter, before.letter, now=now)
    take_step(letter, Action.ISSUE, actor=ISSUER, now=now)
    letter.file = store_file(
        content=sealed.content, media_type="application/pdf", purpose="letter", data_key=letter.data_key, now=now
    )
    record_seal_use([sealed], purpose=Document.LETTER, now=now)
    letter.sha256, letter.issued_at = letter.file.sha256, now
    _replace_older(letter, events.GIVEN_UP if before else events.REPLACED, now=now)
    event = events.REISSUED if before else events.ISSUED
    return finish_step(letter, event, actor=ISSUER, now=now, after={"sha256": letter.sha256})


def _follow_into_cancelling(letter: Letter, old: Letter, *, now: datetime) -> Letter:
    """The member has cancelled the letter while the same one was being made under another seal."""
    take_step(letter, Action.CANCEL, actor=ISSUER, now=now)
    letter.ended_at = now
    take_back_consent(letter, actor=ISSUER, now=now)
    return finish_step(letter, events.GIVEN_UP, actor=ISSUER, now=now, after={"with": old.reference})


def _replace_older(letter: Letter, event: str, *, now: datetime) -> None:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("data_key")
    for older in rows.filter(person_id=letter.person_id, purpose_index=letter.purpose_index, state=State.ISSUED):
        take_step(older, Action.REPLACE, actor=ISSUER, now=now)
        older.ended_at, older.replaced_by = now, letter
        finish_step(older, event, actor=ISSUER, now=now, after={"replaced_by": letter.reference})
