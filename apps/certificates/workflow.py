"""The whole life of a certificate. Whether its membership still stands is not kept here: it is read live."""

from apps.certificates.enums import CertificateAction, CertificateState
from apps.core.workflow import Workflow

CERTIFICATE = Workflow(
    initial=CertificateState.REQUESTED,
    transitions=[
        (CertificateAction.ISSUE, {CertificateState.REQUESTED}, CertificateState.ISSUED),
        (
            CertificateAction.SUPERSEDE,
            {CertificateState.REQUESTED, CertificateState.ISSUED},
            CertificateState.SUPERSEDED,
        ),
    ],
)
