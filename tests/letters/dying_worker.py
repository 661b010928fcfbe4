"""A worker that makes one letter and is killed by the system at a given place. Run by test_issuing.py."""

import os
import signal
import sys
from datetime import UTC, datetime
from uuid import UUID

import django

django.setup()

from apps.letters.services import issuing  # noqa: E402
from apps.outbox import services as outbox  # noqa: E402


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def main(letter_id: str, place: str) -> None:
    outbox._wake_worker = lambda: None
    if place != "end":
        setattr(issuing, place, die)
    issuing.issue_letter(UUID(letter_id), now=datetime.now(UTC))
    die()


if __name__ == "__main__":
    main(*sys.argv[1:])
