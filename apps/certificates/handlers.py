"""What evidence does when it hears of a change in the register."""

from uuid import UUID

from apps.members.selectors import memberships_of_person
from apps.outbox.registry import handles


@handles("membership.admitted")
@handles("membership.restored")
def make_certificate(payload, *, now):
    """Of somebody who is a member now: the one in force, where it still says what the register says."""
    # drawing and signing load libraries of half a second and 30 MB, which a scheduler or a migration never needs
    from apps.certificates.services import issue_certificate

    issue_certificate(UUID(payload["membership_id"]), now=now)


@handles("person.changed")
def renew_certificates(payload, *, now):
    """A certificate says name and sex and shows the photo: whoever has others now has a new one of each membership."""
    from apps.certificates.services import issue_certificate

    for membership in memberships_of_person(UUID(payload["person_id"])):
        issue_certificate(membership.pk, now=now)
