"""The answers of a case as rows to read."""

from datetime import date

from django.utils.formats import date_format

from apps.applicants.enums import Field
from apps.applicants.models import Application
from apps.applicants.selectors.case import identity_type_label
from apps.applicants.selectors.lines import read_date
from apps.people.enums import Sex
from apps.people.selectors import country_name

SHOWN_ELSEWHERE = frozenset({Field.PHOTO, Field.DECLARATIONS})


def answer_rows(application: Application) -> list[dict]:
    """label, value of each question; what was left empty is left out. Photo and declarations stand elsewhere."""
    rows = [(field, shown_answer(application, field)) for field in Field if field not in SHOWN_ELSEWHERE]
    return [{"label": field.label, "value": value} for field, value in rows if value]


def shown_answer(application: Application, field: Field) -> str:
    value = application.answers.get(field) or ""
    if field == Field.ASSOCIATION:
        return application.association.short_label if application.association else value
    if field == Field.IDENTITY_TYPE:
        return identity_type_label(value)
    if field == Field.IDENTITY_COUNTRY:
        return country_name(value) if value else ""
    if field == Field.SEX:
        return str(Sex(value).label) if value in Sex.values else value
    day: date | None = read_date(value)
    return date_format(day) if day else str(value)
