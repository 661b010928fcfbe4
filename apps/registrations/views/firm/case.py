from django.http import Http404
from django.shortcuts import render
from django.views import View

from apps.associations.selectors import contact_for
from apps.core import clock
from apps.core.access import Holder
from apps.firms.enums import FIRM, FirmRole
from apps.firms.selectors import holders_at_firm
from apps.registrations.enums import Page, State
from apps.registrations.models import Registration
from apps.registrations.policies import FIRM_ACTIONS, actions_open_to
from apps.registrations.selectors.answers import answer_rows, declaration_rows
from apps.registrations.selectors.cases import registrations_of_firms
from apps.registrations.selectors.checklist import agents_checklist
from apps.registrations.selectors.drafts import (
    is_page_done,
    missing_requirements,
    open_gaps,
    pages_open_to_change,
)
from apps.registrations.selectors.progress import progress_of
from apps.registrations.services.reading import record_case_reading
from apps.registrations.services.telling import note_gaps_opened
from apps.registrations.views.files import LetterAnswer, PhotoAnswer
from apps.rules.selectors import get_reason, working_calendar


class CaseDoor(View):
    """What the firm's screens of one case share: the case of an own firm, or 404 as for one that does not exist."""

    access = Holder(FIRM)

    def load(self) -> Registration:
        registration = registrations_of_firms(self.request.actor).filter(reference=self.kwargs["reference"]).first()
        if registration is None:
            raise Http404
        return registration


class CaseView(CaseDoor):
    """Where it is, what the firm must do now, what stands in it."""

    def get(self, request, reference):
        registration = self.load()
        record_case_reading(request.actor, registration, now=clock.now())
        if registration.state == State.GAPS:
            note_gaps_opened(actor=request.actor, registration_id=registration.pk, now=clock.now())
        return render(request, "registrations/firm/case.html", case_context(request, registration))


class PhotoView(PhotoAnswer, CaseDoor):
    pass


class LetterView(LetterAnswer, CaseDoor):
    pass


def case_context(request, registration: Registration) -> dict:
    today = clock.today()
    is_typed = registration.state in {State.DRAFT, State.GAPS}
    open_pages = pages_open_to_change(registration)
    gaps = open_gaps(registration)
    missing = missing_requirements(registration, today=today) if is_typed else []
    return {
        "registration": registration,
        "progress": progress_of(registration, working_calendar(), today=today),
        "name": registration.answers.get("name", ""),
        "tasks": [
            {"page": page, "is_done": is_page_done(registration, page), "is_open": page in open_pages} for page in Page
        ],
        "is_typed": is_typed,
        "missing": missing,
        "gaps": gaps,
        "answers": answer_rows(registration),
        "declarations": declaration_rows(registration),
        "lines": agents_checklist(registration) if not missing else [],
        "actions": actions_open_to(request.actor, registration, FIRM_ACTIONS),
        "has_head": bool(holders_at_firm(registration.firm, FirmRole.HEAD, day=today)),
        "contact": contact_for(registration.association),
        "reason": get_reason(registration.reason_code) if registration.reason_code else None,
    }
