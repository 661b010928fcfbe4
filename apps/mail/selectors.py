from django.db.models import QuerySet

from apps.core.encryption import blind_index
from apps.mail.models import Message


def messages_of_case(case: str) -> QuerySet[Message]:
    """What was sent about a case and how it went, oldest first. The words stay sealed."""
    return Message.objects.filter(case=case).select_related("data_key").order_by("created_at", "id")


def address_index(address: str) -> str:
    return blind_index("mail.address", address.strip().lower())
