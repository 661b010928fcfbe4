"""The answers of a registration as rows to read."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.applicants.selectors.lines import read_date
from apps.people.enums import IdentityType, Sex
from apps.people.selectors import country_name
from apps.registrations.enums import Field, Ground
from apps.registrations.models import Registration

SHOWN_ELSEWHERE = frozenset({Field.PHOTO, Field.DECLARATIONS})


def answer_rows(registration: Registration) -> list[dict]:
    """label, value of each answer; what was left empty is left out. Photo and declarations stand elsewhere."""
    rows = [(field, shown_answer(registration.answers, field)) for field in Field if field not in SHOWN_ELSEWHERE]
    return [{"label": field.label, "value": value} for field, value in rows if value]


def declaration_rows(registration: Registration) -> list[dict]:
    """What the candidate has declared; nothing before the confirmation."""
    declared = registration.answers.get(Field.DECLARATIONS) or {}
    if not declared:
        return []
    capacity = {"label": _("具有完全民事行为能力"), "value": _("是") if declared.get("capacity") else _("不能确认")}
    full_time = {"label": _("在本所专职执业"), "value": _("是") if declared.get("full_time") else _("不能确认")}
    grounds = [{"label": ground.label, "value": _declared(declared, ground)} for ground in Ground]
    note = [{"label": _("本人说明"), "value": declared["note"]}] if declared.get("note") else []
    return [capacity, full_time, *grounds, *note]


def _declared(declared: dict, ground: Ground) -> str:
    if not declared.get(ground):
        return _("没有")
    since = read_date(declared.get(f"{ground}_on"))
    return _("有（%(day)s）") % {"day": date_format(since)} if since else _("有，日期未写明")


def shown_answer(answers: dict, field: Field) -> str:
    value = answers.get(field) or ""
    if field == Field.EXPERIENCE:
        return "\n".join(_shown_spell(spell) for spell in value or [])
    if field == Field.IDENTITY_TYPE:
        return str(IdentityType(value).label) if value in IdentityType.values else value
    if field == Field.IDENTITY_COUNTRY:
        return country_name(value) if value else ""
    if field == Field.SEX:
        return str(Sex(value).label) if value in Sex.values else value
    if field == Field.CERTIFICATE_LOST:
        return _("是") if value else ""
    day: date | None = read_date(value)
    return date_format(day) if day else str(value)


def _shown_spell(spell: dict) -> str:
    since, until = read_date(spell["since"]), read_date(spell.get("until"))
    values = {
        "employer": spell["employer"],
        "since": date_format(since) if since else "",
        "until": date_format(until) if until else "",
    }
    if until is None:
        return _("%(since)s 至今：%(employer)s") % values
    return _("%(since)s 至 %(until)s：%(employer)s") % values


def days_of_experience(answers: dict, *, until: date) -> int:
    """Days of audit work up to a day; what overlaps counts once."""
    spells = []
    for spell in answers.get(Field.EXPERIENCE) or []:
        since, last = read_date(spell["since"]), min(read_date(spell.get("until")) or until, until)
        if since and since <= last:
            spells.append((since, last))
    days, reached = 0, None
    for since, last in sorted(spells):
        start = since if reached is None else max(since, date.fromordinal(reached.toordinal() + 1))
        if start <= last:
            days += (last - start).days + 1
            reached = last
    return days
