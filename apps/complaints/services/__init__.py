"""Tips: taken in, noted on, answered, and in the end forgotten."""

from apps.complaints.services.erasing import RETAINED
from apps.complaints.services.tips import Telling, answer_tip, give_tip, note_on_tip, read_tip

__all__ = ["RETAINED", "Telling", "answer_tip", "give_tip", "note_on_tip", "read_tip"]
