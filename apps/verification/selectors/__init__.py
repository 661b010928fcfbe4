"""What anybody may learn of a document: asked of every kind that the house issues. And what a member shares."""

from apps.verification.selectors.documents import standing_on, verdict_for_code, verdict_for_file
from apps.verification.selectors.links import SharedPage, Wish, link_by_secret, links_of, shared_page
from apps.verification.selectors.token_words import TOKEN_CAUSES, TOKEN_WORDS
from apps.verification.selectors.verdict_words import Words, words_of

__all__ = [
    "TOKEN_CAUSES",
    "TOKEN_WORDS",
    "SharedPage",
    "Wish",
    "Words",
    "link_by_secret",
    "links_of",
    "shared_page",
    "standing_on",
    "verdict_for_code",
    "verdict_for_file",
    "words_of",
]
