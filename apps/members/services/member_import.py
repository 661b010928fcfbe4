"""Practising members from a file: how a row enters the register."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted
from apps.firms.services import register_firm
from apps.imports.services import Column, RowHandler, RowProblem, row_handler
from apps.members.enums import MemberKind
from apps.members.selectors import membership_by_number
from apps.members.services.admission import admit_member
from apps.members.services.member_rows import MemberRow, MemberRowReader, refuse_if_registered_otherwise
from apps.people.selectors import person_by_identity
from apps.people.services import register_person


@row_handler
class MemberRows(RowHandler):
    kind = "members"
    title = _("执业会员")
    permission = Permission.IMPORT_MEMBERS
    columns = (
        Column("name", _("姓名"), aliases=("Name",), example="王小明"),
        Column("sex", _("性别"), aliases=("Sex",), example="男"),
        Column("identity_type", _("证件类型"), aliases=("Identity document",), example="居民身份证"),
        Column("identity_number", _("证件号码"), aliases=("身份证号", "Identity number"), example="11010519491231002X"),
        Column("country", _("签发国家"), aliases=("Country",), required=False, example="USA"),
        Column("number", _("注册会计师证书编号"), aliases=("证书编号", "CPA number"), example="330000120001"),
        Column("admitted_on", _("注册日期"), aliases=("Registered on",), kind="date", example="2010-06-30"),
        Column("association", _("所属协会"), aliases=("协会代码", "Association"), example="330000"),
        Column("firm_code", _("事务所编号"), aliases=("Firm code",), required=False, example="33000012"),
        Column(
            "firm_name", _("事务所名称"), aliases=("Firm",), required=False, example="杭州诚信会计师事务所（普通合伙）"
        ),
    )

    def check(self, values: dict, *, context: dict, today: date) -> MemberRow | list[RowProblem]:
        reading = MemberRowReader(values, context, today)
        return reading.problems or reading.row()

    def recall(self, values: dict, *, context: dict, today: date) -> None:
        MemberRowReader(values, context, today, asks_register=False)

    def commit(self, parsed: MemberRow, *, actor, job, now) -> str:
        if not has_permission(actor, Permission.IMPORT_MEMBERS):
            raise NotPermitted
        if known := membership_by_number(MemberKind.PRACTISING, parsed.number):
            refuse_if_registered_otherwise(known, parsed)
            return "unchanged"
        _admit(parsed, actor=actor, job=job, now=now)
        return "created"


def _admit(row: MemberRow, *, actor, job, now) -> None:
    if row.firm_code:
        register_firm(
            actor=actor, code=row.firm_code, name=row.firm_name, association_code=row.association_code, now=now
        )
    person = person_by_identity(row.identity_type, row.identity_number, row.country) or register_person(
        actor=actor,
        name=row.name,
        identity_type=row.identity_type,
        identity_number=row.identity_number,
        country=row.country,
        sex=row.sex,
        birth_on=row.birth_on,
        nationality=row.country,
        data_key=create_data_key(),
        now=now,
    )
    admit_member(
        actor=actor,
        person_id=person.pk,
        kind=MemberKind.PRACTISING,
        association_code=row.association_code,
        effective_on=row.admitted_on,
        import_reference=f"import:{job.pk}",
        number=row.number,
        firm_code=row.firm_code or None,
        now=now,
    )
