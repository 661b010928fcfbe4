"""Issuing certificates. Killed at any line and repeated, there is exactly one certificate and one event.

A short transaction freezes the statement (requesting.py), the work is done outside any transaction, a short
transaction keeps the result. One member or many: the steps are the same.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.audit.services import record_each
from apps.certificates import events
from apps.certificates.enums import CertificateAction, CertificateState, Document
from apps.certificates.models import Certificate
from apps.certificates.services.making import make_sealed_pdf
from apps.certificates.services.names import note_missing_glyphs, resolve_name_tasks
from apps.certificates.services.page import MissingGlyphs
from apps.certificates.services.requesting import (
    ISSUER,
    case_of,
    not_superseded,
    request_certificates,
    supersede,
)
from apps.certificates.services.seal_register import record_seal_use
from apps.certificates.services.sealing import SealedPdf
from apps.certificates.workflow import CERTIFICATE
from apps.documents.services import NewFile, store_files
from apps.outbox.services import enqueue

Made = list[tuple[Certificate, SealedPdf]]


def issue_certificate(membership_id: UUID, *, now: datetime) -> Certificate | None:
    """The certificate in force that says what the register says now; made where there is none.

    None where there is nothing to certify: no member any more, or an imported one without a photo. Raises
    MissingGlyphs, once that is a task for the office.
    """
    certificate = request_certificate(membership_id, now=now)
    if certificate is None or certificate.state != CertificateState.REQUESTED:
        return certificate
    return complete_certificate(certificate.pk, made_or_noted(certificate, now=now), now=now)


def request_certificate(membership_id: UUID, *, now: datetime) -> Certificate | None:
    return request_certificates([membership_id], now=now)[membership_id]


def made_or_noted(certificate: Certificate, *, now: datetime) -> SealedPdf:
    """The sealed file. A name that no font prints becomes a task for the office, and MissingGlyphs is raised."""
    try:
        return make_sealed_pdf(certificate, now=now)
    except MissingGlyphs as missing:
        note_missing_glyphs(certificate, missing.characters, now=now)
        raise


@transaction.atomic
def complete_certificate(certificate_id: UUID, sealed: SealedPdf, *, now: datetime) -> Certificate:
    """One certificate into force, and whoever listens is told. A second call only returns."""
    certificate = Certificate.objects.select_related("membership").get(pk=certificate_id)
    (issued,) = complete_certificates([(certificate, sealed)], now=now) or [None]
    if issued is not None:
        enqueue(events.ISSUED, told_of(issued), now=now)
        return issued
    return Certificate.objects.get(pk=certificate_id)


@transaction.atomic
def complete_certificates(made: Made, *, now: datetime) -> list[Certificate]:
    """Keep the sealed files and put these certificates into force, the ones before out of it.

    Returns those that were put into force just now: a second call finds none.
    """
    rows = not_superseded([certificate.membership_id for certificate, _sealed in made])
    sealed_by_id = {certificate.pk: sealed for certificate, sealed in made}
    ours = [row for row in rows if row.pk in sealed_by_id and row.state == CertificateState.REQUESTED]
    if not ours:
        return []
    _keep_files(ours, [sealed_by_id[row.pk] for row in ours], now=now)
    new = {row.membership_id: row for row in ours}
    supersede([row for row in rows if new.get(row.membership_id, row).pk != row.pk], by=new, now=now)
    _put_into_force(ours, now=now)
    resolve_name_tasks(list(new), now=now)
    return ours


def _keep_files(rows: list[Certificate], sealed: list[SealedPdf], *, now: datetime) -> None:
    record_seal_use(sealed, purpose=Document.CERTIFICATE, now=now)
    contents = [NewFile(document.content, row.data_key) for row, document in zip(rows, sealed, strict=True)]
    files = store_files(contents, media_type="application/pdf", purpose="certificate", now=now)
    for row, file in zip(rows, files, strict=True):
        row.file, row.sha256, row.issued_at = file, file.sha256, now


def _put_into_force(rows: list[Certificate], *, now: datetime) -> None:
    for row in rows:
        row.state = CERTIFICATE.target(row.state, CertificateAction.ISSUE)
    Certificate.objects.bulk_update(rows, ["state", "file", "sha256", "issued_at"])
    said = [(row, {"state": row.state, "version": row.version, "sha256": row.sha256}) for row in rows]
    record_each(ISSUER, "certificate.issued", said, case_of=case_of, now=now)


def told_of(certificate: Certificate) -> dict:
    membership = certificate.membership
    return {
        "certificate_id": str(certificate.pk),
        "membership_id": str(membership.pk),
        "person_id": str(membership.person_id),
        "case": membership.case,
    }
