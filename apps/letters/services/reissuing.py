"""Letters whose seal key was compromised are made anew with the same contents, once each, when another key seals.

What they say was decided by two officers and has not changed; where it has, nobody re-issues stale facts, and the
member is asked to ask again.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from apps.audit.services import record_each
from apps.certificates.selectors.codes import new_code
from apps.certificates.services.readiness import try_sealing
from apps.core.actor import Actor
from apps.core.clock import Clock, civil_date
from apps.core.errors import DataKeyDestroyed, PortalError
from apps.core.steps import touch
from apps.letters import events
from apps.letters.enums import Action, ReissueOutcome, State
from apps.letters.models import Letter, Reissue, TransferConsent
from apps.letters.selectors.reissues import letters_without_word, next_waiting
from apps.letters.selectors.statement import REISSUED_ON, Statement, english_day
from apps.letters.selectors.verdicts import has_changed
from apps.letters.services.asking import new_reference
from apps.letters.services.steps import finish_step, lock_letter, take_step

REISSUER = Actor.system("letters.reissuing")
COPIED = (
    *("membership_id", "person_id", "user_id", "data_key", "language", "answers", "purpose_index", "asked_at"),
    *("decide_by", "decide_by_provisional"),
)
DECISION = (
    *("outcome", "valid_until", "proposed_at", "proposed_by_id", "proposed_by_person_id"),
    *("decided_at", "decided_by_id", "decided_by_person_id"),
)


@transaction.atomic
def note_compromised(key_id: str, *, now: datetime) -> int:
    """Put the letters in force whose seal nothing speaks for on the list; a second call finds them there."""
    rows = [
        Reissue(letter=letter, key_id=key_id, asked_at=now)
        for letter in letters_without_word(key_id, today=civil_date(now)).filter(reissue=None)
    ]
    Reissue.objects.bulk_create(rows)
    record_each(REISSUER, "letter_reissue.asked", [(row, {"key_id": key_id}) for row in rows], now=now)
    return len(rows)


def reissue_due(*, clock: Clock, limit: int = 500) -> int:
    """Make what waits, each in its own transaction; nothing, while the body has no key that may seal."""
    if not next_waiting().exists() or not _can_seal():
        return 0
    done = 0
    while done < limit and _reissue_next(now=clock()):
        done += 1
    return done


def _can_seal() -> bool:
    try:
        return try_sealing() == "ok"
    except (PortalError, OSError):
        return False


@transaction.atomic
def _reissue_next(*, now: datetime) -> Reissue | None:
    """Two workers take different ones."""
    row = next_waiting().select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    letter = lock_letter(row.letter_id)
    row.outcome, row.done_at = _outcome(letter, now), now
    if row.outcome == ReissueOutcome.MADE:
        row.new_letter = _same_again(letter, now=now)
    row.save(update_fields=["outcome", "done_at", "new_letter"])
    if row.outcome == ReissueOutcome.ASK_ANEW:
        touch(letter, now=now)
        finish_step(letter, events.ASK_ANEW, actor=REISSUER, now=now)
    return row


def _outcome(letter: Letter, now: datetime) -> ReissueOutcome:
    if letter.state != State.ISSUED or civil_date(now) > letter.valid_until:
        return ReissueOutcome.NOT_NEEDED
    try:
        return ReissueOutcome.ASK_ANEW if has_changed(letter, now=now) else ReissueOutcome.MADE
    except DataKeyDestroyed:
        return ReissueOutcome.NOT_NEEDED


def _same_again(old: Letter, *, now: datetime) -> Letter:
    """Approved with the decision about the old one; the worker makes it, and the old one is replaced with that."""
    letter = Letter(reference=new_reference(civil_date(now).year), changed_at=now)
    _copy(old, letter, COPIED)
    letter.save(force_insert=True)
    take_step(letter, Action.REISSUE, actor=REISSUER, now=now)
    _copy(old, letter, DECISION)
    statement = _under_another_code(old, letter.reference, now)
    letter.code, letter.statement, letter.statement_sha256 = statement.code, statement.as_json(), statement.sha256()
    for consent in TransferConsent.objects.filter(letter=old, withdrawn_at=None):
        consent.pk, consent._state.adding, consent.letter = Reissue().pk, True, letter
        consent.save(force_insert=True)
    return finish_step(letter, events.REISSUE_APPROVED, actor=REISSUER, now=now, after={"in_place_of": old.reference})


def _copy(old: Letter, letter: Letter, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(letter, name, getattr(old, name))


def _under_another_code(old: Letter, reference: str, now: datetime) -> Statement:
    """The same facts of the same day until the same day, and one line that says why there is another letter."""
    said = Statement(**old.statement)
    with override("en"):
        line = (
            f"{REISSUED_ON}{english_day(civil_date(now))} under a new electronic seal, in the place of letter "
            f"{old.reference} of the same contents."
        )
    extras = [line_before for line_before in said.extras if not line_before.startswith(REISSUED_ON)]
    return replace(said, code=new_code(), reference=reference, extras=[*extras, line])
