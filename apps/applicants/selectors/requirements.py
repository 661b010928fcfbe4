"""What must hold before a draft can be submitted."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Eligibility, Field, Page
from apps.applicants.models import Application
from apps.applicants.selectors.attachments import missing_papers
from apps.applicants.selectors.drafts import eligibility_of, fields_required_of, is_page_done, pages_of


@dataclass(frozen=True)
class Missing:
    """One thing that must be done before the application can be submitted, and the page where it is done."""

    page: str
    sentence: str

    def __str__(self):
        return str(self.sentence)


def missing_requirements(application: Application, *, today: date) -> list[Missing]:
    """What must hold for submission and does not. The form shows this list, the service refuses by it."""
    missing = [
        Missing(page, _("“%(page)s”一页还没有填完。") % {"page": page.label})
        for page in pages_of(application, today=today)
        if not is_page_done(application, page)
    ]
    if not missing and (sentence := _route_missing(application, today)):
        missing.append(Missing("eligibility", sentence))
    missing += [
        Missing(Page.CONTACT, _("所属协会要求填写“%(field)s”。") % {"field": Field(name).label})
        for name in fields_required_of(application.answers, on=today)
        if not application.answers.get(name)
    ]
    missing += [Missing("attachments", sentence) for sentence in missing_papers(application, today=today)]
    return missing


def _route_missing(application: Application, today: date) -> str | None:
    result = eligibility_of(application, on=today)
    if result.verdict == Eligibility.ELIGIBLE:
        return None
    if not result.may_insist:
        return _("按您对资格问题的回答，现在不能在这里申请。请重新回答资格问题。")
    if application.answers.get("eligibility", {}).get("insists"):
        return None
    return _("按您填写的日期，申请期限到%(day)s为止，已经超过。如果仍要提交，请在资格页面确认由工作人员决定。") % {
        "day": f"{result.last_day:%Y-%m-%d}"
    }
