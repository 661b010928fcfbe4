"""Each word of each kind of document says what it means and what to do."""

from itertools import product

import pytest

from apps.certificates.enums import Document, VerdictWord
from apps.certificates.selectors import Verdict
from apps.core.clock import now as present
from apps.verification.selectors import words_of

ONLY_OF_LETTERS = {VerdictWord.WITHDRAWN}
PAIRS = [
    (document, word)
    for document, word in product(Document, VerdictWord)
    if document == Document.LETTER or word not in ONLY_OF_LETTERS
]


@pytest.mark.parametrize(("document", "word"), PAIRS)
def test_every_word_says_what_it_means_and_what_to_do(document, word):
    words = words_of(Verdict(word, present(), document=document))
    assert words.tone in {"done", "waiting", "refused", "info"}
    assert (words.tone == "done") == (word == VerdictWord.VALID)
    assert "%" not in str(words.meaning) % {"date": "今天"}
    assert str(words.next)
