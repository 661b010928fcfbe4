"""Claim, release, assign, take over: whose case it is. Looking stays open to all; deciding asks first."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Handling
from apps.applicants.models import Application, OfficerChange
from apps.applicants.policies import can_review_application
from apps.applicants.selectors.claims import CLAIMABLE_STATES, claim_of
from apps.applicants.selectors.conflicts import concerns_person, conflicts_of_person
from apps.applicants.selectors.had_part import had_part_by_account
from apps.applicants.services.steps import lock_application
from apps.associations.selectors import colleagues_at
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing, TransitionRefused
from apps.people.selectors import person_id_of_user, user_ids_of_person


class ClaimedByColleague(PortalError):
    """A case is never decided over a colleague's head: it is taken over first, and that is written down."""

    code = "claimed_by_colleague"


@transaction.atomic
def claim_application(*, actor: Actor, application_id, now: datetime) -> Application:
    """Take a free case. A repeated call changes nothing. Raises ClaimedByColleague."""
    application = _open(actor, application_id)
    refuse_if_claimed_by_colleague(application, actor, now=now)
    if claim_of(application, now=now) is None:
        hand_to(application, actor.user_id, Handling.CLAIMED, actor=actor, now=now)
    return application


@transaction.atomic
def release_application(*, actor: Actor, application_id, now: datetime) -> Application:
    """Put one's own case back; a case that is nobody's any more is left alone. Raises ClaimedByColleague."""
    application = _open(actor, application_id)
    refuse_if_claimed_by_colleague(application, actor, now=now)
    if application.officer_id is not None:
        hand_to(application, None, Handling.RELEASED, actor=actor, now=now)
    return application


@transaction.atomic
def take_over_application(*, actor: Actor, application_id, seen_officer_id: int, now: datetime) -> Application:
    """Take a colleague's case: the one whose name the page showed. Raises TransitionRefused if it is another's now."""
    application = _open(actor, application_id)
    claim = claim_of(application, now=now)
    if claim is not None and claim.is_of(actor):
        return application
    if claim is not None and claim.officer_id != seen_officer_id:
        raise TransitionRefused(_("这件申请刚刚换了经办人。请查看现在由谁办理，再决定是否接办。"))
    hand_to(application, actor.user_id, Handling.TAKEN_OVER, actor=actor, now=now)
    return application


@transaction.atomic
def assign_application(*, actor: Actor, application_id, officer_id: int, now: datetime) -> Application:
    """Give a free case, or one's own, to a colleague who reviews at the same association."""
    application = _open(actor, application_id)
    refuse_if_claimed_by_colleague(application, actor, now=now)
    refuse_unfit_colleague(application, officer_id, now=now)
    hand_to(application, officer_id, Handling.ASSIGNED, actor=actor, now=now)
    return application


@transaction.atomic
def free_conflicted_cases(*, actor: Actor, officer_person_id, now: datetime) -> list[str]:
    """After a declaration: what the officer holds and may no longer decide is put back for the colleagues."""
    concerns = conflicts_of_person(officer_person_id)
    if concerns is None:
        return []
    mine = Application.objects.filter(
        concerns, officer__in=user_ids_of_person(officer_person_id), state__in=sorted(CLAIMABLE_STATES)
    )
    freed = []
    for application_id in list(mine.order_by("id").values_list("pk", flat=True)):
        application = lock_application(application_id)
        hand_to(application, None, Handling.RELEASED, actor=actor, now=now)
        freed.append(application.reference)
    return freed


def refuse_unfit_colleague(application: Application, officer_id: int, *, now: datetime) -> None:
    """Whoever is given a case reviews at its association, and has neither an interest nor had part in it."""
    colleagues = colleagues_at([application.association_id], on=civil_date(now))
    if officer_id not in {colleague.user_id for colleague in colleagues}:
        raise RequirementsMissing([_("请从列表中选择一位本协会的经办人。")])
    person_id = person_id_of_user(officer_id)
    if officer_id == application.user_id or person_id == application.person_id:
        raise RequirementsMissing([_("这是所选同事本人的申请，请交给另一位。")])
    if concerns_person(person_id, application):
        raise RequirementsMissing([_("所选同事与此件有利害关系，请交给另一位。")])
    if had_part_by_account(officer_id, application):
        raise RequirementsMissing([_("所选同事在申诉成立以前办理过此件，请交给另一位。")])


def refuse_if_claimed_by_colleague(application: Application, actor: Actor, *, now: datetime) -> None:
    claim = claim_of(application, now=now)
    if claim is not None and not claim.is_of(actor):
        sentence = _("此件由%(officer)s办理。如果要由您决定，请先在页面上接办；接办会记入经过。")
        raise ClaimedByColleague(sentence % {"officer": claim.officer})


def hand_to(application: Application, officer_id: int | None, kind: Handling, *, actor: Actor, now: datetime) -> None:
    """Change the officer of a locked case, with its history. The version stays: nothing that is decided on changed."""
    OfficerChange.objects.create(
        application=application,
        kind=kind,
        officer_id=officer_id,
        previous_id=application.officer_id,
        at=now,
        actor_label=actor.label,
        actor_user_id=actor.user_id,
    )
    before = {"officer": application.officer_id}
    application.officer_id, application.officer_since = officer_id, officer_id and now
    application.save(update_fields=["officer", "officer_since"])
    after = {"officer": officer_id}
    record(actor, f"application.{kind}", application, now=now, before=before, after=after, case=application.reference)


def let_go(application: Application) -> None:
    """A decided case is nobody's; the caller saves."""
    application.officer = application.officer_since = None


def keep_for(application: Application, actor: Actor, *, now: datetime) -> None:
    """Whoever asked gets the answer; the caller saves."""
    application.officer_id, application.officer_since = actor.user_id, now


def renew_claim(application: Application, *, now: datetime) -> None:
    """The answer came: the case is back with whoever asked, from now on; the caller saves."""
    if application.officer_id is not None:
        application.officer_since = now


def _open(actor: Actor, application_id) -> Application:
    application = lock_application(application_id)
    if not can_review_application(actor, application):
        raise NotPermitted
    if application.state not in CLAIMABLE_STATES:
        raise TransitionRefused
    return application
