"""Agree to several clean cases at once: the checks are derived afresh for each, in its own transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Action, State
from apps.applicants.models import Application
from apps.applicants.services.checks import recompute_check
from apps.applicants.services.items import ItemResult, one_by_one
from apps.applicants.services.review import agree_application
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import RequirementsMissing

ONE_BY_ONE = _("这一件要逐件办理：不是全部核对合格的新申请。")


def agree_items(*, actor: Actor, items: Iterable[tuple[object, int]], now: datetime) -> list[ItemResult]:
    """(id, version) each. What is not green, or not a first review, is left out with the reason."""

    def agree(application_id, version):
        _refuse_returned(application_id, version)
        agree_application(actor=actor, application_id=application_id, version=version, confirmed=(), now=now)

    results = one_by_one(items := list(items), agree, actor=actor, action=Action.AGREE)
    for (application_id, _version), result in zip(items, results, strict=True):
        if not result.succeeded:
            recompute_check(application_id, today=civil_date(now))  # so that the list does not offer it again
    return results


@transaction.atomic
def _refuse_returned(application_id, version: int) -> None:
    """What the national body has returned is looked at by itself. The version makes sure that it is still so below."""
    returned = Application.objects.filter(pk=application_id, version=version, state=State.RETURNED)
    if returned.exists():
        raise RequirementsMissing([ONE_BY_ONE])
