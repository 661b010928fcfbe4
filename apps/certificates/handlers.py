"""What evidence does when it hears of a change in the register.

Six things make another certificate: photo, name, sex, association, and with a new membership its kind and number. The
end of a membership makes none; whoever checks reads it live.
"""

from contextlib import suppress
from uuid import UUID

from apps.members.selectors import memberships_of_person
from apps.outbox.enums import Urgency
from apps.outbox.registry import handles


@handles("membership.admitted", urgency=Urgency.SOON)
@handles("membership.restored", urgency=Urgency.SOON)
@handles("membership.moved", urgency=Urgency.SOON)
@handles("certificate.asked_again", urgency=Urgency.SOON)
def make_certificate(payload, *, now):
    """Of somebody who is a member now: the one in force, where it still says what the register says."""
    _issue(UUID(payload["membership_id"]), now)


@handles("person.changed", urgency=Urgency.SOON)
def renew_certificates(payload, *, now):
    """A certificate says name and sex and shows the photo: whoever has others now has a new one of each membership."""
    for membership in memberships_of_person(UUID(payload["person_id"])):
        _issue(membership.pk, now)


def _issue(membership_id: UUID, now) -> None:
    # drawing and signing load libraries of half a second and 30 MB, which a scheduler or a migration never needs
    from apps.certificates.services import MissingGlyphs, issue_certificate

    with suppress(MissingGlyphs):  # that is a task for the office by now
        issue_certificate(membership_id, now=now)
