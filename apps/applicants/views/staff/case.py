from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.enums import Action
from apps.applicants.forms.office import AgreementForm, CaseConfirmationForm
from apps.applicants.models import Application
from apps.applicants.policies import actions_open_to
from apps.applicants.selectors.answers import answer_rows
from apps.applicants.selectors.appeals import latest_appeal, letter_deadline
from apps.applicants.selectors.attachments import attachments_of
from apps.applicants.selectors.case import (
    corrections,
    get_visible_case,
    history,
    roll_finding,
)
from apps.applicants.selectors.checklist import checklist
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.corrections import gaps_deadline, telling
from apps.applicants.selectors.desk_lines import desk_lines
from apps.applicants.selectors.evidence import evidence_context
from apps.applicants.selectors.handling import (
    colleagues_to_pass_on_to,
    handling_of,
    is_claimed_by_colleague,
    take_back_of,
)
from apps.applicants.selectors.roll_photos import roll_photo_of
from apps.applicants.selectors.route_words import route_words
from apps.applicants.selectors.worklist import conflicted_case
from apps.applicants.services.reading import record_case_reading
from apps.applicants.services.review import why_not_permitted
from apps.applicants.views.attachments import paper_rows
from apps.applicants.views.staff.case_desk import desk_context
from apps.applicants.workflow import APPLICATION
from apps.core import clock
from apps.core.access import Staff
from apps.documents.services import file_response
from apps.mail.selectors import deliveries_of_case
from apps.rules.selectors import get_reason, working_calendar


class CaseDoor(View):
    """What the screens of one case share: the case in the actor's scope, or 404 as for one that does not exist.

    Of a case that a conflict of interest keeps from the officer, the page says only that.
    """

    access = Staff(Permission.REVIEW_APPLICATION)
    door = "review"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            application = conflicted_case(request.actor, kwargs["reference"])
            if application is None:
                raise
            colleagues = colleagues_to_pass_on_to(application, request.actor, now=clock.now())
            context = {"reference": application.reference, "colleagues": colleagues}
            return render(request, "applicants/office/conflict.html", context, status=403)

    def load(self) -> Application:
        try:
            return get_visible_case(self.request.actor, self.kwargs["reference"])
        except Application.DoesNotExist as error:
            raise Http404 from error


class CaseView(CaseDoor):
    """The decision screen: answers, photo and roll, checklist and decision side by side."""

    def get(self, request, reference):
        application = self.load()
        record_case_reading(request.actor, application, now=clock.now())
        return self.show(application)

    def show(self, application: Application, **forms):
        """The screen; a decision that was refused hands in its form with what was typed."""
        return render(
            self.request, "applicants/office/case.html", case_context(self.request, application, self.door) | forms
        )


class RecheckCaseView(CaseView):
    access = Staff(Permission.RECHECK_APPLICATION)
    door = "recheck"


class PhotoView(CaseDoor):
    """The photo of a case, for whoever may see the case."""

    def get(self, request, reference):
        application = self.load()
        if application.photo is None:
            raise Http404
        return file_response(application.photo, f"{application.reference}.jpg", inline=True)


class RollPhotoView(CaseDoor):
    """The photo of the line of the roll that is taken for the applicant's."""

    def get(self, request, reference):
        photo = roll_photo_of(roll_finding(self.load()).entry)
        if photo is None:
            raise Http404
        return file_response(photo.picture, f"{reference}-roll.jpg", inline=True)


class RecheckRollPhotoView(RollPhotoView):
    access = Staff(Permission.RECHECK_APPLICATION)


class RecheckPhotoView(PhotoView):
    access = Staff(Permission.RECHECK_APPLICATION)


PAPER_PAGES = {"review": "applicants:case_attachment_page", "recheck": "applicants:recheck_attachment_page"}


def papers(application: Application, door: str) -> list[dict]:
    """What the applicant has sent, each with the addresses of its pages behind this door."""

    def page_url(attachment, number: int) -> str:
        return reverse(PAPER_PAGES[door], args=[application.reference, attachment.pk, number])

    return paper_rows(attachments_of(application), page_url)


def case_context(request, application: Application, door: str) -> dict:
    today = clock.today()
    finding = roll_finding(application)
    lines = [*checklist(application, finding, today=today), *desk_lines(application)]
    desk = desk_context(request.actor, application, door, today=today)
    desk |= {} if door == "recheck" else handling_context(request.actor, application)
    is_resting = bool(desk["hold"] or desk.get("is_colleagues"))
    open_actions = [] if is_resting else actions_open_to(request.actor, application)
    return desk | {
        "application": application,
        "route": route_words(application),
        "door": door,
        "answers": answer_rows(application),
        "finding": finding,
        "roll_photo": roll_photo_of(finding.entry),
        **evidence_context(request.actor, application, finding, today=today),
        "lines": lines,
        "papers": papers(application, door),
        "history": history(application),
        "corrections": corrections(application),
        **letters_context(application, today=today),
        "clock": clock_context(application_clock(application, working_calendar()), today),
        "reason": get_reason(application.reason_code) if application.reason_code else None,
        "open_actions": open_actions,
        "hindrance": None if is_resting else hindrance(request.actor, application, open_actions, door),
        "is_blocked": any(line.is_blocked for line in lines),
        "agreement": AgreementForm(application=application, lines=lines) if Action.AGREE in open_actions else None,
        "confirmation": CaseConfirmationForm(application=application, year=today.year, lines=desk_lines(application))
        if Action.CONFIRM in open_actions
        else None,
    }


def letters_context(application: Application, *, today) -> dict:
    """What was said to the applicant, whether it arrived, and until when something must be said."""
    return {
        "telling": telling(application),
        "appeal": latest_appeal(application),
        "letter_by": letter_deadline(application),
        "gaps": gaps_deadline(application, today=today),
        "deliveries": deliveries_of_case(application.reference),
    }


def handling_context(actor, application: Application) -> dict:
    """Whose case it is: while it is a colleague's, nothing can be decided here but to take it over."""
    now = clock.now()
    return {
        "handling": handling_of(application, actor, now=now),
        "take_back": take_back_of(application, actor, now=now),
        "is_colleagues": is_claimed_by_colleague(application, actor, now=now),
    }


def hindrance(actor, application: Application, open_actions: list, door: str):
    """Why this officer cannot decide a case that waits for a decision at this door; None where nothing is odd."""
    action = Action.CONFIRM if door == "recheck" else Action.AGREE
    if open_actions or not APPLICATION.allows(application.state, action):
        return None
    return why_not_permitted(actor, application)


def clock_context(running, today) -> dict | None:
    """The words of components/clock.html."""
    if running is None:
        return None
    return {
        "used": running.used_on(running.stopped_on or today),
        "allowed": running.allowed,
        "due_on": running.due_on(today),
        "paused": running.is_paused,
        "provisional": running.is_provisional,
        "stopped": running.is_stopped,
    }
