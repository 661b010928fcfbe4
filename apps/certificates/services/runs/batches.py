"""Some members of a run at once: each step asks the database a fixed number of questions for all of them.

Whoever cannot go with the others (a name without a glyph, a photo that is gone, somebody else at work on the same
person) goes alone afterwards. Where a step fails for all, each goes alone: a bad member costs nobody but itself.
"""

import logging
from collections.abc import Collection
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DataError, IntegrityError, transaction
from django.db import Error as DatabaseError

from apps.associations.selectors import national_body
from apps.certificates.enums import CertificateState, RunFailureReason
from apps.certificates.models import Certificate, Chunk, RunFailure
from apps.certificates.selectors.runs import open_failures
from apps.certificates.services import issuing
from apps.certificates.services.issuing import Made
from apps.certificates.services.page import MissingGlyphs
from apps.certificates.services.requesting import request_certificates
from apps.certificates.services.runs.chunks import count_in
from apps.certificates.services.runs.telling import tell_members
from apps.certificates.services.seal_keys import SealKeyMissing, SpecimenKeyRefused
from apps.certificates.services.seal_register import SealKeyOutOfUse
from apps.certificates.services.seal_tokens import SealTokenAway
from apps.certificates.services.token_keys import TokenKeyMissing
from apps.documents.services import FileDamaged

NO_FAULT_OF_THE_MEMBER = (
    OSError,
    DatabaseError,
    SoftTimeLimitExceeded,
    SealTokenAway,
    SealKeyOutOfUse,
    TokenKeyMissing,
)
ROWS_REFUSED = (IntegrityError, DataError)
"""What the database says of certain rows, while it is well itself."""
REASONS = [
    (MissingGlyphs, RunFailureReason.GLYPHS),
    ((SealKeyMissing, SpecimenKeyRefused), RunFailureReason.SEAL_KEY),
    (FileDamaged, RunFailureReason.PHOTO),
]

logger = logging.getLogger(__name__)


def issue_members(chunk: Chunk, membership_ids: list, *, now: datetime) -> int:
    """A certificate for each, or a row that says why not. Returns for how many all stays as it is."""
    try:
        return _issue(chunk, membership_ids, now=now)
    except Exception as failure:
        if isinstance(failure, NO_FAULT_OF_THE_MEMBER) and not isinstance(failure, ROWS_REFUSED):
            raise
        if len(membership_ids) == 1:
            _note_failure(chunk, membership_ids[0], failure, now=now)
            return 0
        logger.warning("certificate run %s: a batch goes on one by one", chunk.run_id, exc_info=True)
    return sum(issue_members(chunk, [one], now=now) for one in membership_ids)


def _issue(chunk: Chunk, membership_ids: list, *, now: datetime) -> int:
    is_alone = len(membership_ids) == 1
    answers = request_certificates(membership_ids, run=chunk.run, now=now, wait=is_alone)
    wanted = [row for row in answers.values() if row is not None and row.state == CertificateState.REQUESTED]
    make = _make_alone if is_alone else _make
    issued = _complete(chunk, make(wanted, now=now), now=now)
    standing = {pk: row for pk, row in answers.items() if row not in wanted}
    kept = [pk for pk, row in standing.items() if row is None or row.run_id != chunk.run_id]
    _resolve(chunk, list(standing), now=now)
    left = [pk for pk in membership_ids if pk not in standing and pk not in issued]
    return len(kept) + sum(issue_members(chunk, [one], now=now) for one in left)


def _make(wanted: list[Certificate], *, now: datetime) -> Made:
    """The files of those that can be made; the others go alone afterwards, and say what keeps them."""
    made, national = [], national_body()
    for certificate in wanted:
        try:
            made.append((certificate, issuing.make_sealed_pdf(certificate, national=national, now=now)))
        except NO_FAULT_OF_THE_MEMBER:
            raise
        except Exception as failure:
            logger.info("certificate run %s: one goes alone, %s", certificate.run_id, type(failure).__name__)
    return made


def _make_alone(wanted: list[Certificate], *, now: datetime) -> Made:
    return [(certificate, issuing.made_or_noted(certificate, now=now)) for certificate in wanted]


@transaction.atomic
def _complete(chunk: Chunk, made: Made, *, now: datetime) -> set:
    """The memberships whose certificate was put into force just now; counted, and told of where the run is to."""
    issued = issuing.complete_certificates(made, now=now) if made else []
    members = {certificate.membership_id for certificate in issued}
    _resolve(chunk, members, now=now)
    count_in(chunk, issued=len(issued))
    if issued and chunk.run.is_told:
        tell_members(chunk.run_id, issued, now=now)
    return members


@transaction.atomic
def _resolve(chunk: Chunk, membership_ids: Collection, *, now: datetime) -> None:
    """What failed before and has come off."""
    if membership_ids:
        open_ones = open_failures(chunk.run).filter(membership__in=membership_ids)
        count_in(chunk, failed=-open_ones.update(resolved_at=now))


@transaction.atomic
def _note_failure(chunk: Chunk, membership_id, failure: Exception, *, now: datetime) -> None:
    reason = next((reason for kind, reason in REASONS if isinstance(failure, kind)), RunFailureReason.OTHER)
    if reason == RunFailureReason.OTHER:
        logger.error("certificate run %s, membership %s", chunk.run_id, membership_id, exc_info=failure)
    known = open_failures(chunk.run).filter(membership=membership_id).exists()
    RunFailure.objects.update_or_create(
        run=chunk.run,
        membership_id=membership_id,
        defaults={"reason": reason, "failed_at": now, "resolved_at": None},
    )
    count_in(chunk, failed=0 if known else 1)
