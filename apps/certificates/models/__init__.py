from apps.certificates.models.certificates import Certificate
from apps.certificates.models.seals import RegisteredSealKey, Sealing
from apps.certificates.models.tokens import StatusEntry, TokenKey

__all__ = ["Certificate", "RegisteredSealKey", "Sealing", "StatusEntry", "TokenKey"]
