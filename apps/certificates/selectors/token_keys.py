"""The register of the keys that sign tokens."""

from django.db.models import QuerySet

from apps.certificates.models import TokenKey


def token_keys() -> QuerySet[TokenKey]:
    """All there ever were, the newest first."""
    return TokenKey.objects.order_by("-activated_at", "key_id")
