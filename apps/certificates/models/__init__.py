from apps.certificates.models.certificates import Certificate
from apps.certificates.models.names import NameTask
from apps.certificates.models.runs import Chunk, Run, RunFailure
from apps.certificates.models.seals import EarlierUpgrade, RegisteredSealKey, Sealing
from apps.certificates.models.shared_stamps import SharedStamp, StampLeaf, StampRing
from apps.certificates.models.tokens import StatusEntry, TokenKey

__all__ = [
    "Certificate",
    "Chunk",
    "EarlierUpgrade",
    "NameTask",
    "RegisteredSealKey",
    "Run",
    "RunFailure",
    "Sealing",
    "SharedStamp",
    "StampLeaf",
    "StampRing",
    "StatusEntry",
    "TokenKey",
]
