"""What evidence does when it hears of a change in the register."""

from uuid import UUID

from apps.certificates.services import issue_certificate
from apps.outbox.registry import handles


@handles("membership.admitted")
def make_first_certificate(payload, *, now):
    issue_certificate(UUID(payload["membership_id"]), now=now)
