"""Which characters of a letter no document can show."""

import unicodedata

from apps.documents.services import missing_characters


def unprintable(text: str) -> list[str]:
    """Each once, in order. A character of private use has a glyph in some fonts, another in each: that is guessing."""
    private = [character for character in text if unicodedata.category(character) == "Co"]
    return list(dict.fromkeys([*private, *missing_characters(text)]))
