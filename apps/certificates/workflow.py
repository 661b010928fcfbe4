"""The whole life of a certificate, and of a key that signs tokens. Whether a membership still stands is read live."""

from apps.certificates.enums import CertificateAction, CertificateState, TokenKeyAction, TokenKeyState
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

TOKEN_KEY = Workflow(
    initial=TokenKeyState.ACTIVE,
    transitions=[
        (TokenKeyAction.RETIRE, {TokenKeyState.ACTIVE}, TokenKeyState.RETIRED),
        (TokenKeyAction.REVOKE, {TokenKeyState.ACTIVE, TokenKeyState.RETIRED}, TokenKeyState.REVOKED),
    ],
)
