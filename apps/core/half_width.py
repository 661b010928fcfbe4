"""Texts in which full-width characters are never meant: numbers, codes, addresses of mail."""

import unicodedata

from django import forms


def half_width(text: str) -> str:
    """What a Chinese keyboard left full-width, and spaces around, are mended without a word."""
    return unicodedata.normalize("NFKC", text or "").strip()


class HalfWidthField(forms.CharField):
    def to_python(self, value):
        return half_width(super().to_python(value))


class HalfWidthEmailField(forms.EmailField):
    def to_python(self, value):
        return half_width(super().to_python(value))

    def clean(self, value):
        return super().clean(half_width(value))
