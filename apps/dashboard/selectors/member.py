"""What a person finds under "my membership": what waits for them, then where they stand, then their certificate."""

from dataclasses import dataclass
from datetime import date, datetime

from apps.applicants.selectors.drafts import draft_of_user
from apps.applicants.selectors.progress import Progress, applications_of_user, progress_of
from apps.certificates.selectors import certificates_of_user, is_certificate_in_the_making
from apps.certificates.selectors.names import waits_for_a_font
from apps.core.clock import civil_date
from apps.members.enums import MembershipStatus
from apps.members.selectors import MembershipState, membership_state, memberships_of_user
from apps.registrations.enums import CLOSED_STATES
from apps.registrations.selectors import registrations_of_candidate
from apps.rules.selectors import working_calendar


@dataclass(frozen=True)
class Standing:
    """One membership today, and its certificate in force if there is one."""

    membership: object
    state: MembershipState
    certificate: object | None

    @property
    def tone(self) -> str:
        if self.state.is_current:
            return "done" if self.state.status == MembershipStatus.ACTIVE else "waiting"
        return "info" if self.state.status == MembershipStatus.NOT_YET else "refused"


@dataclass(frozen=True)
class OwnPages:
    standings: list[Standing]
    progress: Progress | None
    """The latest application, while it is of interest: open, or refused or ended without a membership after it."""
    registrations: list
    """Practising registrations under way, or that wait for this account's confirmation."""
    has_draft: bool
    certificate_in_the_making: bool
    certificate_waits_for_a_font: bool

    @property
    def is_empty(self) -> bool:
        return not (self.standings or self.progress or self.registrations or self.has_draft)


def own_pages(user_id: int, *, now: datetime) -> OwnPages:
    standings = _standings(user_id, civil_date(now))
    return OwnPages(
        standings=standings,
        progress=_progress(user_id, now, is_member=any(s.state.is_current for s in standings)),
        registrations=list(registrations_of_candidate(user_id).exclude(state__in=CLOSED_STATES)),
        has_draft=draft_of_user(user_id) is not None,
        certificate_in_the_making=is_certificate_in_the_making(user_id),
        certificate_waits_for_a_font=waits_for_a_font(user_id),
    )


def _standings(user_id: int, today: date) -> list[Standing]:
    certificates = {certificate.membership_id: certificate for certificate in certificates_of_user(user_id)}
    return [
        Standing(membership, membership_state(membership, on=today), certificates.get(membership.pk))
        for membership in memberships_of_user(user_id)
    ]


def _progress(user_id: int, now: datetime, *, is_member: bool) -> Progress | None:
    latest = next(iter(applications_of_user(user_id)), None)
    if latest is None:
        return None
    progress = progress_of(latest, working_calendar(), now=now)
    return None if is_member and not progress.is_open else progress
