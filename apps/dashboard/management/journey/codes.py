"""Where a journey gets its codes: the demo mailbox, an authenticator's secret, or somebody at the terminal."""

import base64
import hashlib
import hmac
import re
import struct
import sys
import time

from apps.dashboard.management.journey.visitor import JourneyFailed, Visitor

PATIENCE_SECONDS = 60
PERIOD = 30


def mailed_code(base_url: str, address: str, *, after: str = "") -> str:
    """The newest six-digit code mailed to `address` that is not `after`; asks at the terminal outside the demo."""
    with Visitor(base_url) as reader:
        if reader.status("/demo/mail/") == 404:
            return _ask(f"The code mailed to {address}: ")

        def newest():
            found = re.findall(r"(?<!\d)(\d{6})(?!\d)", reader.open(f"/demo/mail/?to={address}").mails)
            return found[0] if found and found[0] != after else None

        return wait_for(newest, f"a code mailed to {address}")


def authenticator_code(secret: str, *, at: float | None = None) -> str:
    """RFC 6238: six digits, SHA-1, 30 seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int((time.time() if at is None else at) // PERIOD))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def wait_for(look, what: str, *, patience: float = PATIENCE_SECONDS, pause: float = 0.3):
    """What `look()` returns once it is something. Raises JourneyFailed after a minute, or `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(pause)
    raise JourneyFailed(f"waited {patience:.0f} s in vain for {what}")


def wait_for_next_code() -> None:
    """Until the authenticator shows another code."""
    time.sleep(PERIOD - time.time() % PERIOD)


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise JourneyFailed("this portal has no demo mailbox, and nobody sits at the terminal to type the code")
    return input(prompt).strip()
