"""Catalogue files: merged calmly, checked strictly, compiled beside themselves."""

import io
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from apps.core.catalogues.words import Words

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def read_catalogue(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def merge(path: Path, found: dict[tuple, Words]) -> bytes:
    """The catalogue with exactly these messages, keeping every translation. No dates, no line numbers.

    A message that has got a plural since is translated anew: one form is not two.
    """
    old = read_catalogue(path)
    merged = Catalog(locale="en", charset="utf-8")
    for key in sorted(found, key=lambda key: (key[0], key[1] or "")):
        words = found[key]
        known = old.get(words.message, context=words.context)
        if known is not None and isinstance(known.id, str) != isinstance(words.message, str):
            known = None
        merged.add(
            words.message,
            string=known.string if known is not None else None,
            locations=[(place, None) for place in sorted({place for place, _line in words.places})],
            context=words.context,
        )
    return _as_bytes(merged)


def problems(path: Path, found: dict[tuple, Words]) -> list[str]:
    """A line for every message without its English, every placeholder that differs, every entry nobody uses."""
    catalogue = read_catalogue(path)
    lines = []
    for words in found.values():
        place, line = min(words.places)
        if problem := _problem(catalogue, words):
            lines.append(f"{place}:{line}: {problem}: {words.key[0]!r}")
    for message in catalogue:
        key = (message.id if isinstance(message.id, str) else message.id[0], message.context) if message.id else None
        if key and key not in found:
            lines.append(f"{path}: nobody says this any more: {key[0]!r}")
    return sorted(lines)


def clashes(paths: Iterable[Path]) -> list[str]:
    """A line for every message that two catalogues translate differently: Django merges them, one would be lost.

    The same Chinese for two things is told apart by a context.
    """
    said = defaultdict(lambda: defaultdict(list))
    for path in paths:
        for message in read_catalogue(path):
            if message.id and message.string:
                said[message.id, message.context][message.string].append(str(path))
    return [
        f"{min(places)}: translated differently elsewhere: {key[0]!r}: {english!r}"
        for key, ways in said.items()
        if len(ways) > 1
        for english, places in ways.items()
    ]


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside the .po where it is missing or older. Returns whether it was written."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(path))
    temporary = target.with_suffix(f".{os.getpid()}.new")
    temporary.write_bytes(compiled.getvalue())
    temporary.replace(target)
    return True


def _problem(catalogue: Catalog, words: Words) -> str:
    message = catalogue.get(words.message, context=words.context)
    if message is None:
        return "not in the catalogue"
    if isinstance(message.id, str) != isinstance(words.message, str):
        return "one form where there are two"
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    if message.fuzzy or not all(strings):
        return "not translated"
    sources = [words.message] if isinstance(words.message, str) else list(words.message)
    expected = set().union(*map(_placeholders, sources))
    if not all(_placeholders(string) <= expected for string in strings) or _placeholders(strings[-1]) != expected:
        return "other placeholders"
    return ""


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _as_bytes(catalogue: Catalog) -> bytes:
    output = io.BytesIO()
    write_po(output, catalogue, width=0, omit_header=True, include_lineno=False)
    head = b'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
    head += b'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    return head + b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n' + output.getvalue()
