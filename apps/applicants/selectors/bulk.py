"""What would happen to the rows that an officer has ticked: who goes through, and who is left out and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.applicants.enums import Field, State
from apps.applicants.models import Application
from apps.applicants.policies import can_recheck_application, can_review_application
from apps.applicants.selectors.claims import claim_of
from apps.applicants.selectors.conflicts import mark_conflicts
from apps.applicants.selectors.worklist import applications_to_review, applications_visible_to
from apps.core.actor import Actor


@dataclass(frozen=True)
class PreviewLine:
    """`hindrance` is empty where the case goes through."""

    application: Application
    hindrance: str

    @property
    def name(self) -> str:
        return self.application.answers.get(Field.NAME, "")


def preview_of_agreement(actor: Actor, items: list[tuple[str, int]], *, now: datetime) -> list[PreviewLine]:
    """By (reference, version), in their order; what is out of scope is not there. A fixed number of queries."""
    cases = _cases(applications_to_review(actor), items)
    mark_conflicts(actor, [case for case, _version in cases])
    return [PreviewLine(case, _hinders_agreement(case, version, actor, now)) for case, version in cases]


def preview_of_confirmation(actor: Actor, items: list[tuple[str, int]]) -> list[PreviewLine]:
    cases = _cases(applications_visible_to(actor), items)
    mark_conflicts(actor, [case for case, _version in cases])
    return [PreviewLine(case, _hinders_confirmation(case, version, actor)) for case, version in cases]


def _cases(visible: QuerySet[Application], items: list[tuple[str, int]]) -> list[tuple[Application, int]]:
    rows = visible.filter(reference__in=[reference for reference, _version in items])
    found = {case.reference: case for case in rows.select_related("data_key", "association", "officer")}
    return [(found[reference], version) for reference, version in items if reference in found]


def _hinders_agreement(case: Application, version: int, actor: Actor, now: datetime) -> str:
    claim = claim_of(case, now=now)
    if claim is not None and not claim.is_of(actor):
        return _("由%(officer)s办理。") % {"officer": claim.officer}
    return _changed(case, version, State.SUBMITTED) or _may(can_review_application(actor, case)) or _clean(case)


def _hinders_confirmation(case: Application, version: int, actor: Actor) -> str:
    return _changed(case, version, State.SENT) or _may(can_recheck_application(actor, case)) or _clean(case)


def _changed(case: Application, version: int, wanted: str) -> str:
    if case.state != wanted:
        return _("现在的状态是“%(state)s”。") % {"state": case.get_state_display()}
    return "" if case.version == version else _("打开列表以后有变化，请重新查看。")


def _may(allowed: bool) -> str:
    return "" if allowed else _("应由另一位工作人员办理。")


def _clean(case: Application) -> str:
    return "" if case.checks_green else _("有需要人工核对的内容，请逐件办理。")
