from apps.certificates.models.certificates import Certificate, StatusEntry, TokenKey
from apps.certificates.models.seals import RegisteredSealKey, Sealing

__all__ = ["Certificate", "RegisteredSealKey", "Sealing", "StatusEntry", "TokenKey"]
