"""What the office takes out: the sheet for the Ministry's platform, the reconciliation. Recorded, with its purpose."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.audit.services import record_bulk_read
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.people.services import record_reading
from apps.registrations.enums import Field, State
from apps.registrations.models import Registration
from apps.registrations.selectors.answers import shown_answer
from apps.registrations.selectors.cases import registrations_at_office
from apps.registrations.selectors.reconciliation import Finding

PURPOSE = "registrations.platform_export"


@transaction.atomic
def export_for_platform(*, actor: Actor, only_new: bool, purpose: str, now: datetime) -> list[list[str]]:
    """Rows (the first one the headings) of the accepted cases that the platform decides; marked as exported.

    `only_new` leaves out what was exported before. The purpose is kept in the audit record with the list of persons.
    """
    if not has_permission(actor, Permission.REVIEW_REGISTRATION):
        raise NotPermitted
    if not purpose.strip():
        raise RequirementsMissing([_("请写明用途，例如：2026年3月第一批录入监管平台。")])
    cases = registrations_at_office(actor).filter(state=State.ACCEPTED, decides_inside=False)
    if only_new:
        cases = cases.filter(exported_at=None)
    rows = list(cases.order_by("accepted_at", "id"))
    Registration.objects.filter(pk__in=[case.pk for case in rows]).update(exported_at=now)
    _record(actor, rows, purpose.strip(), now=now)
    return [[str(heading) for heading in headings()], *(_cells(case) for case in rows)]


SHEET = (
    Field.NAME,
    Field.SEX,
    Field.BIRTH_ON,
    Field.IDENTITY_TYPE,
    Field.IDENTITY_NUMBER,
    Field.IDENTITY_COUNTRY,
    Field.WORK_PERMIT,
    Field.CERTIFICATE_NUMBER,
    Field.CERTIFICATE_ON,
    Field.EMPLOYED_ON,
    Field.EXPERIENCE,
    Field.PHONE,
    Field.EMAIL,
)
AS_KEPT = frozenset({Field.BIRTH_ON, Field.CERTIFICATE_ON, Field.EMPLOYED_ON})
"""Dates stay as 2024-12-20: the platform reads them."""


def headings() -> list[str]:
    return [_("申请编号"), _("事务所编号"), _("事务所名称"), *(field.label for field in SHEET)]


def _cells(case: Registration) -> list[str]:
    answers = case.answers
    values = [answers.get(f, "") if f in AS_KEPT else shown_answer(answers, f) for f in SHEET]
    return [case.reference, case.firm.code, case.firm.name, *map(str, values)]


def _record(actor: Actor, rows: list[Registration], purpose: str, *, now: datetime) -> None:
    ids = [case.pk for case in rows]
    record_bulk_read(
        actor, "registration.exported", Registration._meta.label_lower, ids, purpose=purpose[:200], now=now
    )
    record_reading(actor=actor, person_ids=[case.person_id for case in rows], purpose=PURPOSE, now=now)


@transaction.atomic
def export_reconciliation(*, actor: Actor, findings: list[Finding], since: date, now: datetime) -> list[list[str]]:
    """The report as rows; recorded as an export."""
    ids = [finding.reference for finding in findings if finding.reference]
    record_bulk_read(
        actor,
        "registration.reconciliation_exported",
        Registration._meta.label_lower,
        ids,
        purpose=f"registrations.reconciliation since {since.isoformat()}",
        now=now,
    )
    head = [_("类别"), _("申请编号"), _("姓名"), _("事务所编号"), _("证书编号"), _("日期"), _("说明")]
    return [
        head,
        *(
            [
                str(finding.kind_label),
                finding.reference,
                finding.name,
                finding.firm_code,
                finding.number,
                finding.day.isoformat() if finding.day else "",
                finding.sentence,
            ]
            for finding in findings
        ),
    ]
