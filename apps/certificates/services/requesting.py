"""Which certificate is to be in force: the one that stands, or a new row whose statement is frozen here.

Of one member or of many in the same few questions to the database. Whoever comes second finds the work done.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from apps.audit.services import record_each
from apps.certificates.enums import CertificateAction, CertificateState
from apps.certificates.models import Certificate, Run
from apps.certificates.selectors.codes import new_code
from apps.certificates.selectors.seals import untrusted_among
from apps.certificates.selectors.statements import Statement, statement_about
from apps.certificates.services.tokens import has_revoked_token, with_tokens
from apps.certificates.workflow import CERTIFICATE
from apps.core.actor import Actor
from apps.members.selectors import get_memberships, membership_states
from apps.people.selectors import lock_persons

ISSUER = Actor.system("certificates.issuing")
Answers = dict[UUID, Certificate | None]


@transaction.atomic
def request_certificates(
    membership_ids: list[UUID], *, now: datetime, run: Run | None = None, wait: bool = True
) -> Answers:
    """By membership, the row that is to be in force: issued already, or still to be made; None: nothing to certify.

    For a `run` that renews, one from before it was asked for is none. Without `wait`, members whose person somebody
    else holds just now are left out.
    """
    memberships = _with_locked_persons(membership_ids, wait=wait)
    standing = Standing.of(memberships, run)
    states = membership_states(memberships, now=now)
    answers, to_freeze, outdated = {}, [], []
    for membership in memberships:
        statement = statement_about(membership, membership.person, states[membership.pk], code=new_code(), now=now)
        answers[membership.pk] = standing.issued_by_run.get(membership.pk)
        if statement is None:
            outdated += standing.that_nothing_speaks_for(membership, states[membership.pk])
        if statement is None or answers[membership.pk] is not None:
            continue
        answers[membership.pk] = standing.that_holds(membership.pk, statement)
        if answers[membership.pk] is None:
            to_freeze.append((membership, statement))
            outdated += [row for row in standing.rows[membership.pk] if row.state == CertificateState.REQUESTED]
    supersede(outdated, now=now)
    return answers | _freeze(to_freeze, run=run, now=now)


def _with_locked_persons(membership_ids: list[UUID], *, wait: bool) -> list:
    """Each with its person, locked; the photo of those who were merged into another is read when it is needed."""
    memberships = get_memberships(membership_ids)
    persons = lock_persons({membership.person_id for membership in memberships}, wait=wait)
    for membership in memberships:
        membership.person = persons.get(membership.person_id)
    return [membership for membership in memberships if membership.person is not None]


@dataclass
class Standing:
    """What there is of these memberships already."""

    run: Run | None
    rows: dict[UUID, list[Certificate]]
    """Those not superseded, locked; the latest version first."""
    issued_by_run: dict[UUID, Certificate]
    untrusted: set[str]

    @classmethod
    def of(cls, memberships: list, run: Run | None) -> "Standing":
        ids, by_membership, issued = [membership.pk for membership in memberships], defaultdict(list), {}
        rows = not_superseded(ids)
        for row in rows:
            by_membership[row.membership_id].append(row)
        if run is not None:
            done = Certificate.objects.filter(run=run, membership__in=ids, issued_at__isnull=False)
            issued = {row.membership_id: row for row in done}
        may_hold = [row.sha256 for row in rows if row.sha256 and not had_before(run, row)]
        return cls(run, by_membership, issued, untrusted_among(may_hold))

    def that_nothing_speaks_for(self, membership, state) -> list[Certificate]:
        """A photo that was a mistake has been taken away: nothing that shows it stays in force. An ended membership
        needs nothing, whoever checks reads the end live."""
        return self.rows[membership.pk] if membership.person.photo_id is None and state.is_current else []

    def that_holds(self, membership_id: UUID, statement: Statement) -> Certificate | None:
        return next((row for row in self.rows[membership_id] if self._holds(row, statement)), None)

    def _holds(self, row: Certificate, statement: Statement) -> bool:
        """Whether it says what the register says, may be trusted, and a run that renews has had its turn."""
        if had_before(self.run, row) or row.statement_hash != statement.content_hash():
            return False
        return not has_revoked_token(row) and row.sha256 not in self.untrusted


def had_before(run: Run | None, row: Certificate) -> bool:
    """Whether it is one of those that a run replaces whatever they say.

    One that was asked for after the run was has all that the run is to bring, whoever asked for it.
    """
    return run is not None and run.renews and row.run_id != run.pk and row.requested_at <= run.asked_at


def not_superseded(membership_ids: list[UUID]) -> list[Certificate]:
    """Locked, in one order whoever asks; of each membership the latest version first."""
    return list(
        Certificate.objects.select_for_update(of=("self",))
        .filter(membership__in=membership_ids)
        .exclude(state=CertificateState.SUPERSEDED)
        .select_related("data_key", "membership", "token_key")
        .order_by("membership_id", "-version")
    )


def _freeze(members: list[tuple], *, run: Run | None, now: datetime) -> Answers:
    """A new version of each of these (membership, statement)."""
    if not members:
        return {}
    versions = _versions([membership.pk for membership, _statement in members])
    signed = with_tokens([statement for _membership, statement in members], now=now)
    rows = Certificate.objects.bulk_create(
        Certificate(
            code=statement.code,
            membership=membership,
            data_key=membership.person.data_key,
            version=versions.get(membership.pk, 0) + 1,
            statement=statement.as_json(),
            statement_hash=statement.content_hash(),
            requested_at=now,
            token_key=token_key,
            status_entry=status_entry,
            run=run,
        )
        for (membership, _statement), (statement, token_key, status_entry) in zip(members, signed, strict=True)
    )
    record_each(ISSUER, "certificate.requested", [(row, None) for row in rows], case_of=case_of, now=now)
    return {row.membership_id: row for row in rows}


def _versions(membership_ids: list[UUID]) -> dict[UUID, int]:
    rows = Certificate.objects.filter(membership__in=membership_ids).order_by()
    return dict(rows.values_list("membership_id").annotate(Max("version")))


def case_of(certificate: Certificate) -> str:
    return certificate.membership.case


def supersede(rows: list[Certificate], *, by: dict[UUID, Certificate] | None = None, now: datetime) -> None:
    """Out of force; `by` names the new ones by membership, where there are any. The caller holds the rows' locks."""
    for state in sorted({row.state for row in rows}):
        these = [row for row in rows if row.state == state]
        _supersede(these, state, by or {}, now=now)


def _supersede(rows: list[Certificate], before: str, by: dict[UUID, Certificate], *, now: datetime) -> None:
    told = []
    for row in rows:
        row.state = CERTIFICATE.target(before, CertificateAction.SUPERSEDE)
        row.superseded_at, row.superseded_by = now, by.get(row.membership_id)
        following = str(row.superseded_by_id) if row.superseded_by_id else None
        told.append((row, {"state": row.state, "superseded_by": following}))
    Certificate.objects.bulk_update(rows, ["state", "superseded_at", "superseded_by"])
    record_each(ISSUER, "certificate.superseded", told, before={"state": before}, now=now)
