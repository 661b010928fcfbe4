from apps.certificates.models.certificates import Certificate
from apps.certificates.models.names import NameTask
from apps.certificates.models.runs import Chunk, Run, RunFailure
from apps.certificates.models.seals import RegisteredSealKey, Sealing
from apps.certificates.models.tokens import StatusEntry, TokenKey

__all__ = [
    "Certificate",
    "Chunk",
    "NameTask",
    "RegisteredSealKey",
    "Run",
    "RunFailure",
    "Sealing",
    "StatusEntry",
    "TokenKey",
]
