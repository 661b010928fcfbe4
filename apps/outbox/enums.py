"""How long a delivery may wait for others."""

from django.db.models import IntegerChoices


class Urgency(IntegerChoices):
    """The lower goes first, where a worker looks at what is urgent."""

    AT_ONCE = 0
    """Somebody sits before a page and waits for it."""
    SOON = 1
    """One person's own matter, that may come in crowds."""
    IN_TURN = 2
    """Everything else, in the order in which it happened."""


URGENT = frozenset({Urgency.AT_ONCE, Urgency.SOON})
