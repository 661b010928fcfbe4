"""The code of a certificate: 128 random bits in letters that survive being read aloud and typed."""

import re
import secrets

from apps.certificates.enums import CODE_ALPHABET, CODE_LENGTH, CODE_SHAPE

_CONFUSED = str.maketrans("OIL", "011")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def new_code() -> str:
    """Unguessable: nobody finds a certificate without having seen its code."""
    bits = secrets.randbits(128)
    return "".join(CODE_ALPHABET[(bits >> shift) & 31] for shift in range(5 * (CODE_LENGTH - 1), -1, -5))


def normalise_code(typed: str) -> str:
    """Forgives spaces, hyphens, lower case, full-width letters, and O for 0, I or L for 1."""
    plain = typed.translate(_FULL_WIDTH).upper()
    return re.sub(r"[\s\-‐‑–—_.·]+", "", plain).translate(_CONFUSED)


def is_code(text: str) -> bool:
    return re.fullmatch(CODE_SHAPE, text) is not None


def grouped_code(code: str) -> str:
    """In groups of four, for people."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
