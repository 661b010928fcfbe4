"""Reading tips."""

from django.db.models import QuerySet

from apps.complaints.enums import TipState
from apps.complaints.models import Tip
from apps.complaints.policies import can_answer_tips
from apps.core.actor import Actor


def tips_visible_to(actor: Actor) -> QuerySet[Tip]:
    """All, for those who answer them; the newest first. What was erased is no more to be read."""
    tips = Tip.objects.filter(data_key__destroyed_at=None) if can_answer_tips(actor) else Tip.objects.none()
    return tips.select_related("data_key", "picture").order_by("-received_at")


def waiting_tips(actor: Actor) -> QuerySet[Tip]:
    return tips_visible_to(actor).filter(state=TipState.OPEN)


def tips_about(code: str) -> QuerySet[Tip]:
    """Those about the same document."""
    return Tip.objects.filter(code=code, data_key__destroyed_at=None) if code else Tip.objects.none()
