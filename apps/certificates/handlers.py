"""What evidence does when it hears of a change in the register."""

from uuid import UUID

from apps.outbox.registry import handles


@handles("membership.admitted")
def make_first_certificate(payload, *, now):
    # drawing and signing load libraries of half a second and 30 MB, which a scheduler or a migration never needs
    from apps.certificates.services import issue_certificate

    issue_certificate(UUID(payload["membership_id"]), now=now)
