"""A case that is not for its officer, by a conflict of interest, goes to a colleague whom the officer names."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Handling
from apps.applicants.models import Application
from apps.applicants.policies import can_pass_on
from apps.applicants.selectors.claims import CLAIMABLE_STATES, claim_of
from apps.applicants.services.claims import hand_to, refuse_unfit_colleague
from apps.applicants.services.steps import lock_application
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, TransitionRefused


@transaction.atomic
def pass_on_application(*, actor: Actor, application_id, officer_id: int, now: datetime) -> Application:
    """Name who handles the case instead. The officer learns nothing of it by this, and decides nothing.

    A case that a colleague has already stays with them.
    """
    application = lock_application(application_id)
    if not can_pass_on(actor, application):
        raise NotPermitted
    claim = claim_of(application, now=now)
    if application.state not in CLAIMABLE_STATES or (claim is not None and not claim.is_of(actor)):
        raise TransitionRefused(_("这件申请已有同事办理，不需要再转交。"))
    refuse_unfit_colleague(application, officer_id, now=now)
    hand_to(application, officer_id, Handling.PASSED_ON, actor=actor, now=now)
    return application
