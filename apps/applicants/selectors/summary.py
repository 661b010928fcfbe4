"""The applicant's own answers to read over, page by page, each with the way back to it."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.applicants.models import Application
from apps.applicants.selectors.answers import shown_answer
from apps.applicants.selectors.drafts import pages_of
from apps.associations.selectors import get_association
from apps.core.clock import civil_date

FIELDS = {
    Page.IDENTITY: (
        Field.NAME,
        Field.IDENTITY_TYPE,
        Field.IDENTITY_NUMBER,
        Field.IDENTITY_COUNTRY,
        Field.BIRTH_ON,
        Field.SEX,
        Field.ENGLISH_NAME,
    ),
    Page.PRACTISING: (Field.CPA_NUMBER, Field.STOPPED_ON),
    Page.CERTIFICATE: (Field.CERTIFICATE_NUMBER, Field.CERTIFICATE_ON),
    Page.ASSOCIATION: (Field.ASSOCIATION,),
    Page.LATE: (Field.LATE_TEST_ON, Field.LATE_TEST_NUMBER, Field.LATE_CPE),
    Page.CONTACT: (Field.PHONE, Field.EMPLOYER),
}
LEFT_OUT_WHERE_EMPTY = frozenset(
    {Field.IDENTITY_COUNTRY, Field.ENGLISH_NAME, Field.LATE_TEST_ON, Field.LATE_TEST_NUMBER, Field.LATE_CPE}
)

GROUNDS = {
    "capacity": _("具有完全民事行为能力"),
    "criminal": _("没有受过刑事处罚"),
    "penalty": _("没有因工作中的严重错误受过行政处罚或撤职以上处分"),
    "revoked": _("没有被吊销过注册会计师证书"),
    "cancelled": _("没有被取消过会员资格或劝其退会"),
    "expelled": _("没有被除名"),
}


def summary_pages(application: Application, *, changeable: bool = True) -> list[dict]:
    """title, rows (label, value, change_url) of each page."""
    return [
        {
            "page": page,
            "title": page.label,
            "rows": _with_change(page, _rows(application, page), changeable),
        }
        for page in pages_of(application, today=civil_date(application.submitted_at or application.changed_at))
    ]


def _rows(application: Application, page: Page) -> list[dict]:
    if page == Page.PHOTO:
        return [{"label": Field.PHOTO.label, "value": _photo(application)}]
    if page == Page.DECLARATIONS:
        return _declarations(application.answers.get(Field.DECLARATIONS) or {})
    rows = [(field, _shown(application, field)) for field in FIELDS[page]]
    return [{"label": f.label, "value": value} for f, value in rows if value or f not in LEFT_OUT_WHERE_EMPTY]


def _photo(application: Application) -> str:
    if application.photo_from_roll:
        return _("使用考试报名时的照片")
    return _("已上传") if application.photo_id else ""


def _shown(application: Application, field: Field) -> str:
    code = application.answers.get(Field.ASSOCIATION)
    if field == Field.ASSOCIATION:
        return get_association(code).label if code else ""
    return shown_answer(application, field)


def _declarations(kept: dict) -> list[dict]:
    """A ground that applies is shown as what it is: something for a person to look at, not a fault."""
    if not kept:
        return [{"label": Field.DECLARATIONS.label, "value": ""}]
    rows = [
        {"label": label, "value": _("是") if kept.get(ground) == (ground == "capacity") else _since(kept, ground)}
        for ground, label in GROUNDS.items()
    ]
    return rows + ([{"label": _("您的说明"), "value": kept["note"]}] if kept.get("note") else [])


def _since(kept: dict, ground: str) -> str:
    day = kept.get(f"{ground}_on")
    return _("不能确认（%(day)s）") % {"day": date_format(date.fromisoformat(day))} if day else _("不能确认")


def _with_change(page: Page, rows: list[dict], changeable: bool) -> list[dict]:
    if not changeable:
        return rows
    return [row | {"change_url": reverse("applicants:page", args=[page])} for row in rows]
