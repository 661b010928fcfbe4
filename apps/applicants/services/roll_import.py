"""The roll of passers from a file: what each column means, what is wrong with a line, and how it is written."""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.applicants.enums import Field
from apps.applicants.models import RollEntry
from apps.applicants.selectors.roll import normalise_certificate_number, roll_entries_of
from apps.applicants.services.roll import Passer, differing_fields, keep_roll_entries
from apps.associations.selectors import all_associations
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.imports.services import Column, RowHandler, RowProblem, row_handler
from apps.people.enums import IdentityType
from apps.people.selectors import IdentityNumberRefused, NameRefused, read_identity_number, read_name

SHORTEST, LONGEST = 4, 30
EARLIEST = date(1991, 1, 1)
"""The first national examination."""

DIFFERENCES = {
    "certificate_on": Field.CERTIFICATE_ON.label,
    "province_code": gettext_lazy("省份"),
    "identity_type": Field.IDENTITY_TYPE.label,
    "name": Field.NAME.label,
    "identity_number": Field.IDENTITY_NUMBER.label,
}


@row_handler
class RollRows(RowHandler):
    kind = "roll"
    title = gettext_lazy("全科合格名单")
    permission = Permission.IMPORT_ROLL
    rows_at_once = 200
    columns = (
        Column(
            "certificate_number",
            gettext_lazy("全科合格证号"),
            aliases=("合格证号", "全科合格证编号", "合格证编号", "证书编号", "Certificate number"),
            example="QZ243300123",
        ),
        Column("name", gettext_lazy("姓名"), aliases=("Name",), example="王小明"),
        Column(
            "identity_type",
            gettext_lazy("证件类型"),
            aliases=("身份证件类型", "Identity document", "Identity type", "ID type"),
            example="居民身份证",
        ),
        Column(
            "identity_number",
            gettext_lazy("证件号码"),
            aliases=("证件号", "身份证号", "身份证号码", "身份证件号码", "Identity number", "ID number"),
            example="11010519491231002X",
        ),
        Column(
            "certificate_on",
            gettext_lazy("合格证日期"),
            aliases=("发证日期", "取得日期", "全科合格证日期", "Certificate date", "Date"),
            kind="date",
            example="2024-12-20",
        ),
        Column(
            "province",
            gettext_lazy("省份"),
            aliases=("省", "地区", "所属协会", "协会代码", "Province", "Association"),
            example="浙江",
        ),
    )

    def check(self, values: dict, *, context: dict, today: date) -> Passer | list[RowProblem]:
        problems: list[RowProblem] = []
        read = {
            "certificate_number": _certificate_number(values, context, problems),
            "name": _name(values, problems),
            "identity_type": _identity_type(values, context, problems),
            "certificate_on": _certificate_on(values, today, problems),
            "province_code": _province(values, context, problems),
        }
        read["identity_number"] = _identity_number(values, read["identity_type"], today, problems)
        return problems or Passer(**read)

    def commit(self, parsed: Passer, *, actor: Actor, job, now: datetime) -> str:
        return self.commit_many([parsed], actor=actor, job=job, now=now)[0]

    def commit_many(self, parsed_rows: list[Passer], *, actor: Actor, job, now: datetime) -> list[str]:
        if not has_permission(actor, Permission.IMPORT_ROLL):
            raise NotPermitted
        outcomes = keep_roll_entries(actor=actor, passers=parsed_rows, import_job=job, now=now)
        return [outcome.kind for outcome in outcomes]

    def difference(self, parsed: Passer) -> str:
        return self.differences([parsed])[0]

    def differences(self, parsed_rows: list[Passer]) -> list[str]:
        """What existing lines say otherwise, as sentences; empty where a line is new or the same."""
        known = roll_entries_of([parsed.certificate_number for parsed in parsed_rows])
        return [self._difference(known.get(parsed.certificate_number), parsed) for parsed in parsed_rows]

    def _difference(self, entry: RollEntry | None, parsed: Passer) -> str:
        names = differing_fields(entry, parsed) if entry else ()
        if not names:
            return ""
        return _("与已有记录不同：%(fields)s。") % {"fields": _("、").join(str(DIFFERENCES[name]) for name in names)}


def _certificate_number(values: dict, context: dict, problems: list) -> str:
    """Free in shape, for old certificates have others; once in a file."""
    number = normalise_certificate_number(values["certificate_number"])
    seen = context.setdefault("numbers", set())
    if not SHORTEST <= len(number) <= LONGEST:
        sentence = _("合格证号应为 4 至 30 位字母和数字，例如 QZ243300123。")
        problems.append(RowProblem("certificate_number", sentence))
    elif number in seen:
        sentence = _("合格证号 %(number)s 在本文件中出现了两次。请只保留正确的一行。") % {"number": number}
        problems.append(RowProblem("certificate_number", sentence))
    seen.add(number)
    return number


def _name(values: dict, problems: list) -> str:
    try:
        return read_name(values["name"])
    except NameRefused as error:
        problems.append(RowProblem("name", str(error)))
        return ""


def _identity_type(values: dict, context: dict, problems: list) -> str:
    """By its Chinese or English name, or by its code."""
    typed = values["identity_type"].strip().lower()
    context["identity_types"] = context.get("identity_types") or _identity_types()
    if known := context["identity_types"].get(typed):
        return known
    names = _("、").join(str(label) for label in IdentityType.labels)
    sentence = _("不认识证件类型“%(typed)s”，请填写：%(names)s。") % {"typed": values["identity_type"], "names": names}
    problems.append(RowProblem("identity_type", sentence))
    return ""


def _identity_number(values: dict, identity_type: str, today: date, problems: list) -> str:
    if not identity_type:
        return ""
    try:
        return read_identity_number(identity_type, values["identity_number"], today=today, former=True).number
    except IdentityNumberRefused as error:
        problems.append(RowProblem("identity_number", str(error)))
        return ""


def _certificate_on(values: dict, today: date, problems: list) -> date:
    day = values["certificate_on"]
    if not EARLIEST <= day <= today:
        sentence = _("合格证日期应在 1991 年至今天之间，例如 2024-12-20。")
        problems.append(RowProblem("certificate_on", sentence))
    return day


def _province(values: dict, context: dict, problems: list) -> str:
    """By code, by the province's name, or by the association's: all name the association proposed to the candidate."""
    known = context["provinces"] = context.get("provinces") or _associations_by_name()
    if code := known.get(_bare(values["province"])):
        return code
    sentence = _("不认识省份“%(typed)s”，请填写省份名称或协会代码，例如“浙江”或“330000”。")
    problems.append(RowProblem("province", sentence % {"typed": values["province"]}))
    return ""


def _identity_types() -> dict[str, str]:
    known = {code: code for code in IdentityType.values} | {"身份证": IdentityType.RESIDENT_ID.value}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            known |= {str(kind.label).lower(): kind.value for kind in IdentityType}
    return known


def _associations_by_name() -> dict[str, str]:
    known: dict[str, str] = {}
    for body in all_associations():
        names = (body.code, body.name, body.short_name, body.english_name, body.english_short_name)
        known |= {_bare(name): body.code for name in names}
    return known


ENDINGS = (
    *("注册会计师协会", "注协", " institute of certified public accountants", " institute of cpas"),
    *("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", " province"),
)


def _bare(name: str) -> str:
    """浙江, 浙江省, 浙江省注协 and Zhejiang Institute of CPAs say the same as far as they can: 浙江, zhejiang."""
    bare = " ".join(name.lower().split())
    for ending in ENDINGS:
        bare = bare.removesuffix(ending)
    return bare
