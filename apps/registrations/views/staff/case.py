from django.http import Http404
from django.shortcuts import render
from django.views import View

from apps.accounts.enums import Permission
from apps.associations.selectors import contact_for
from apps.core import clock
from apps.core.access import Staff
from apps.registrations.enums import Action, Field, State
from apps.registrations.forms.office import AcceptForm, ApproveForm, ConfirmationForm, PlainForm
from apps.registrations.models import Registration
from apps.registrations.policies import OFFICE_ACTIONS, actions_open_to, can_ask_for_extension, can_check, can_extend
from apps.registrations.selectors.answers import answer_rows, declaration_rows
from apps.registrations.selectors.cases import registrations_at_office
from apps.registrations.selectors.checklist import checklist
from apps.registrations.selectors.gaps import telling
from apps.registrations.selectors.progress import history, progress_of
from apps.registrations.services.reading import record_case_reading
from apps.registrations.views.files import LetterAnswer, PhotoAnswer
from apps.rules.selectors import get_reason, working_calendar


class CaseDoor(View):
    """What the screens of one case share: the case in the actor's scope, or 404 as for one that does not exist."""

    access = Staff(Permission.SEE_REGISTRATIONS)

    def load(self) -> Registration:
        registration = registrations_at_office(self.request.actor).filter(reference=self.kwargs["reference"]).first()
        if registration is None:
            raise Http404
        return registration


class CaseView(CaseDoor):
    """The decision screen: answers, photo, checklist and what can be done now."""

    def get(self, request, reference):
        registration = self.load()
        record_case_reading(request.actor, registration, now=clock.now())
        return self.show(registration)

    def show(self, registration: Registration, **forms):
        """The screen; an act that was refused hands in its form with what was typed."""
        return render(self.request, "registrations/office/case.html", case_context(self.request, registration) | forms)


class PhotoView(PhotoAnswer, CaseDoor):
    pass


class LetterView(LetterAnswer, CaseDoor):
    pass


def case_context(request, registration: Registration) -> dict:
    today = clock.today()
    lines = checklist(registration, today=today)
    actions = actions_open_to(request.actor, registration, OFFICE_ACTIONS)
    needs_number = registration.state == State.FILED and registration.answers.get(Field.CERTIFICATE_LOST)
    return {
        "registration": registration,
        "name": registration.answers.get(Field.NAME, ""),
        "answers": answer_rows(registration),
        "declarations": declaration_rows(registration),
        "lines": lines,
        "progress": progress_of(registration, working_calendar(), today=today),
        "gap_lists": registration.gap_lists.prefetch_related("items__data_key").order_by("-round"),
        "telling": telling(registration),
        "may_tell": can_check(request.actor, registration),
        "history": history(registration),
        "actions": actions,
        "acceptance": AcceptForm(registration=registration, lines=lines) if Action.ACCEPT in actions else None,
        "proposal": AcceptForm(registration=registration, lines=lines) if Action.PROPOSE in actions else None,
        "approval": ApproveForm(registration=registration) if Action.APPROVE in actions else None,
        "extension": PlainForm(registration=registration)
        if registration.waits_for_extension and can_extend(request.actor, registration)
        else None,
        "may_ask_for_extension": registration.may_be_extended and can_ask_for_extension(request.actor, registration),
        "is_blocked": any(line.is_blocked for line in lines),
        "confirmation": ConfirmationForm(registration=registration)
        if needs_number and Action.ACCEPT in actions
        else None,
        "contact": contact_for(registration.association),
        "reason": get_reason(registration.reason_code) if registration.reason_code else None,
    }
