"""Finding the words: in Python as they stand, in templates after Django has turned them into Python."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{_STRING}(?:\s*,\s*(?:{_STRING}|\w+))*\s*\)")


@dataclass
class Words:
    """One message: its Chinese (singular, perhaps plural), its context, and where it stands."""

    message: str | tuple[str, ...]
    context: str | None = None
    places: set[tuple[str, int]] = field(default_factory=set)

    @property
    def key(self):
        first = self.message if isinstance(self.message, str) else self.message[0]
        return (first, self.context)


def words_in(files: list[Path], base: Path) -> dict[tuple, Words]:
    """Every message of these files, by key."""
    found: dict[tuple, Words] = {}
    for path in files:
        for line, message, context in _extract(path):
            words = Words(message, context)
            known = found.setdefault(words.key, words)
            if not isinstance(message, str):
                known.message = message
            known.places.add((path.relative_to(base).as_posix(), line))
    return found


def _extract(path: Path) -> Iterator[tuple]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _calls_of_template(text, origin=str(path))
    for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        if any(message) if isinstance(message, tuple) else message:
            yield line, message, context


def _calls_of_template(text: str, *, origin: str) -> str:
    """The gettext calls of a template, each on the line where it stands, and nothing else: valid Python."""
    lines = templatize(text, origin=origin).split("\n")
    return "\n".join("; ".join(TEMPLATE_CALL.findall(line)) for line in lines)
