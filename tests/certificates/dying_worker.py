"""A worker that issues one certificate and is killed by the system at a given place. Run by test_killed_worker.py."""

import os
import signal
import sys
from datetime import UTC, datetime
from uuid import UUID

import django

django.setup()

from apps.certificates.services import issuing  # noqa: E402
from apps.certificates.services.one_pass import writing  # noqa: E402
from apps.outbox import services as outbox  # noqa: E402

BETWEEN_THE_SEALS = "write_next_revision"


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def main(membership_id: str, place: str) -> None:
    outbox._wake_worker = lambda: None
    if place == "end":
        issuing.issue_certificate(UUID(membership_id), now=datetime.now(UTC))
        die()
    setattr(writing if place == BETWEEN_THE_SEALS else issuing, place, die)
    issuing.issue_certificate(UUID(membership_id), now=datetime.now(UTC))


if __name__ == "__main__":
    main(*sys.argv[1:])
