"""Issuing certificates. Killed at any line and repeated, there is exactly one certificate and one event.

A short transaction freezes the statement, the work is done outside any transaction, a short transaction keeps the
result. Whoever comes second to either finds the work done.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.audit.services import record
from apps.certificates import events
from apps.certificates.enums import CertificateAction, CertificateState, Document
from apps.certificates.models import Certificate, Run
from apps.certificates.selectors.codes import new_code
from apps.certificates.selectors.seals import untrusted_since
from apps.certificates.selectors.statements import Statement, statement_about
from apps.certificates.services.making import make_sealed_pdf
from apps.certificates.services.names import note_missing_glyphs, resolve_name_task
from apps.certificates.services.page import MissingGlyphs
from apps.certificates.services.seal_register import record_seal_use
from apps.certificates.services.sealing import SealedPdf
from apps.certificates.services.tokens import has_revoked_token, with_token
from apps.certificates.workflow import CERTIFICATE
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.documents.services import store_file
from apps.members.selectors import get_membership, membership_state
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person

ISSUER = Actor.system("certificates.issuing")


def issue_certificate(membership_id: UUID, *, now: datetime, run: Run | None = None) -> Certificate | None:
    """The certificate in force that says what the register says now; made where there is none.

    For a `run` that renews it is made anew, once. None where there is nothing to certify: no member any more, or an
    imported one without a photo. Raises MissingGlyphs, once that is a task for the office.
    """
    certificate = request_certificate(membership_id, now=now, run=run)
    if certificate is None or certificate.state != CertificateState.REQUESTED:
        return certificate
    try:
        sealed = make_sealed_pdf(certificate, now=now)
    except MissingGlyphs as missing:
        note_missing_glyphs(certificate, missing.characters, now=now)
        raise
    return complete_certificate(certificate.pk, sealed, now=now)


@transaction.atomic
def request_certificate(membership_id: UUID, *, now: datetime, run: Run | None = None) -> Certificate | None:
    """The row of the certificate that is to be in force, its statement frozen; issued already, or still to be made."""
    membership = get_membership(membership_id)
    person = _locked_person(membership)
    if run is not None and (
        issued := Certificate.objects.filter(run=run, membership=membership, issued_at__isnull=False).first()
    ):
        return issued
    statement = statement_about(membership, person, code=new_code(), now=now)
    if statement is None:
        _put_aside_without_photo(membership, person, now=now)
        return None
    standing = _not_superseded(membership_id)
    for certificate in standing:
        if _still_holds(certificate, statement, run):
            return certificate
    for certificate in standing:
        if certificate.state == CertificateState.REQUESTED:
            _supersede(certificate, by=None, now=now)
    return _freeze(membership, person, statement, run=run, now=now)


def _locked_person(membership):
    """The membership's person, locked; the photo that came with the membership serves where it is the same still."""
    person = lock_person(membership.person_id)
    if person.photo_id == membership.person.photo_id:
        person.photo = membership.person.photo
    membership.person = person
    return person


def _put_aside_without_photo(membership, person, *, now: datetime) -> None:
    """A photo that was a mistake has been taken away: nothing that shows it stays in force. An ended membership needs
    nothing, whoever checks reads the end live."""
    if person.photo_id is None and membership_state(membership, on=civil_date(now)).is_current:
        for certificate in _not_superseded(membership.pk):
            _supersede(certificate, by=None, now=now)


def _still_holds(certificate: Certificate, statement: Statement, run: Run | None) -> bool:
    """Whether it says what the register says, may be trusted, and a run that renews has had its turn."""
    if run is not None and run.renews and certificate.run_id != run.pk:
        return False
    return certificate.statement_hash == statement.content_hash() and _is_worth_its_seals(certificate)


@transaction.atomic
def complete_certificate(certificate_id: UUID, sealed: SealedPdf, *, now: datetime) -> Certificate:
    """Keep the sealed file and put the certificate into force, the one before out of it. A second call only returns."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("data_key", "membership")
    certificate = rows.get(pk=certificate_id)
    if certificate.state != CertificateState.REQUESTED:
        return certificate
    certificate.state = CERTIFICATE.target(certificate.state, CertificateAction.ISSUE)
    record_seal_use([sealed], purpose=Document.CERTIFICATE, now=now)
    certificate.file = store_file(
        content=sealed.content,
        media_type="application/pdf",
        purpose="certificate",
        data_key=certificate.data_key,
        now=now,
    )
    certificate.sha256 = certificate.file.sha256
    certificate.issued_at = now
    for older in _not_superseded(certificate.membership_id):
        if older.pk != certificate.pk:
            _supersede(older, by=certificate, now=now)
    certificate.save(update_fields=["state", "file", "sha256", "issued_at"])
    resolve_name_task(certificate, now=now)
    _tell(certificate, now=now)
    return certificate


def _is_worth_its_seals(certificate: Certificate) -> bool:
    """A key that was in other hands makes the document that it spoke for worth nothing."""
    return not has_revoked_token(certificate) and untrusted_since(certificate.sha256) is None


def _not_superseded(membership_id: UUID) -> list[Certificate]:
    return list(
        Certificate.objects.select_for_update(of=("self",))
        .filter(membership_id=membership_id)
        .exclude(state=CertificateState.SUPERSEDED)
        .select_related("data_key", "membership", "token_key")
        .order_by("-version")
    )


def _freeze(membership, person, statement: Statement, *, run: Run | None, now: datetime) -> Certificate:
    versions = Certificate.objects.filter(membership=membership).values_list("version", flat=True)
    statement, token_key, status_entry = with_token(statement, now=now)
    certificate = Certificate.objects.create(
        code=statement.code,
        membership=membership,
        data_key=person.data_key,
        version=max(versions, default=0) + 1,
        statement=statement.as_json(),
        statement_hash=statement.content_hash(),
        requested_at=now,
        token_key=token_key,
        status_entry=status_entry,
        run=run,
    )
    record(ISSUER, "certificate.requested", certificate, now=now, case=membership.case)
    return certificate


def _supersede(certificate: Certificate, *, by: Certificate | None, now: datetime) -> None:
    before = certificate.state
    certificate.state = CERTIFICATE.target(certificate.state, CertificateAction.SUPERSEDE)
    certificate.superseded_at, certificate.superseded_by = now, by
    certificate.save(update_fields=["state", "superseded_at", "superseded_by"])
    record(
        ISSUER,
        "certificate.superseded",
        certificate,
        now=now,
        before={"state": before},
        after={"state": certificate.state, "superseded_by": str(by.pk) if by else None},
    )


def _tell(certificate: Certificate, *, now: datetime) -> None:
    membership = certificate.membership
    after = {"state": certificate.state, "version": certificate.version, "sha256": certificate.sha256}
    record(ISSUER, "certificate.issued", certificate, now=now, after=after, case=membership.case)
    payload = {
        "certificate_id": str(certificate.pk),
        "membership_id": str(membership.pk),
        "person_id": str(membership.person_id),
        "case": membership.case,
    }
    enqueue(events.ISSUED, payload, now=now)
