"""Handing a certificate to its member."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.audit.services import record
from apps.certificates.models import Certificate
from apps.certificates.policies import can_download_certificate
from apps.core.actor import Actor
from apps.core.errors import NotPermitted


@transaction.atomic
def download_certificate(*, actor: Actor, certificate_id: UUID, now: datetime) -> Certificate:
    """The certificate with its file, and a record that it was downloaded.

    Raises NotPermitted to everybody but its own member; to them it does not exist.
    """
    certificate = (
        Certificate.objects.filter(pk=certificate_id).select_related("file__data_key", "membership", "data_key").first()
    )
    if certificate is None or not can_download_certificate(actor, certificate):
        raise NotPermitted
    record(actor, "certificate.downloaded", certificate, now=now, case=certificate.membership.case)
    return certificate
