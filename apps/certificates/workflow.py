"""The whole life of a certificate, of the keys behind it, and of a run that issues many again.

Whether a membership still stands is read live.
"""

from apps.certificates.enums import (
    CertificateAction,
    CertificateState,
    RunAction,
    RunState,
    SealKeyAction,
    SealKeyState,
    TokenKeyAction,
    TokenKeyState,
)
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

SEAL_KEY = Workflow(
    initial=SealKeyState.ACTIVE,
    transitions=[
        (SealKeyAction.RETIRE, {SealKeyState.ACTIVE}, SealKeyState.RETIRED),
        (SealKeyAction.COMPROMISE, {SealKeyState.ACTIVE, SealKeyState.RETIRED}, SealKeyState.COMPROMISED),
    ],
)

RUN = Workflow(
    initial=RunState.RUNNING,
    transitions=[
        (RunAction.STOP, {RunState.RUNNING}, RunState.STOPPED),
        (RunAction.FINISH, {RunState.RUNNING}, RunState.DONE),
        (RunAction.RESUME, {RunState.STOPPED, RunState.DONE}, RunState.RUNNING),
    ],
)
