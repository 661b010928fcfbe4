"""Refused cases, appeals against the refusal, and what is decided on them."""

from datetime import timedelta

from apps.applicants.enums import AppealAction, State
from apps.applicants.models import Application
from apps.applicants.services.appeals import decide_appeal, file_appeal
from tests.factories.applicants import (
    NOW,
    applicant_of,
    make_application,
)


def refused(**changes):
    return make_application(state=State.REFUSED, **changes)


def appealed(case, *, days=1):
    return file_appeal(
        actor=applicant_of(case), application_id=case.pk, grounds="名单有误", now=NOW + timedelta(days=days)
    )


def decide(appeal, actor, action=AppealAction.SET_ASIDE, *, answer="证书日期已经更正", days=3, version=None):
    version = Application.objects.get(pk=appeal.application_id).version if version is None else version
    now = NOW + timedelta(days=days)
    return decide_appeal(actor=actor, appeal_id=appeal.pk, version=version, action=action, answer=answer, now=now)
