"""What anybody may learn of a document: asked of every kind that the house issues."""

from apps.verification.selectors.documents import standing_on, verdict_for_code, verdict_for_file
from apps.verification.selectors.verdict_words import Words, words_of

__all__ = ["Words", "standing_on", "verdict_for_code", "verdict_for_file", "words_of"]
