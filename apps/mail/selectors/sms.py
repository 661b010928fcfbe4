"""How long a text message is. Networks carry 70 characters in one part, or 67 in each of several (3GPP TS 23.040);
160 and 153 where every character stands in their own small alphabet."""

import math

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = frozenset("^{}\\[~]|€")
"""Take the place of two."""


def sms_parts(text: str) -> int:
    """In how many parts the network carries `text`; outside the basic plane a character takes two places."""
    if all(character in GSM_7 or character in GSM_7_TWICE for character in text):
        return _parts(sum(2 if character in GSM_7_TWICE else 1 for character in text), 160, 153)
    return _parts(len(text.encode("utf-16-be")) // 2, 70, 67)


def _parts(length: int, alone: int, joined: int) -> int:
    return 1 if length <= alone else math.ceil(length / joined)
