"""Where is my application: signed in, or by reference and a code to the address that was given with it."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views import View

from apps.accounts.enums import CodePurpose
from apps.accounts.services import ProofByCode
from apps.applicants.enums import Action, State
from apps.applicants.forms.codes import LookupForm
from apps.applicants.selectors.again import again_advice
from apps.applicants.selectors.appeals import appeal_window, latest_appeal
from apps.applicants.selectors.corrections import open_correction
from apps.applicants.selectors.messages import conversation, may_answer_now
from apps.applicants.selectors.progress import (
    application_by_reference,
    application_for_lookup,
    applications_of_user,
    own_application,
    progress_of,
)
from apps.applicants.selectors.undoing import confirmed_undo
from apps.applicants.services.letters import appeal_letter_of, receipt_of, refusal_letter_of
from apps.applicants.services.telling import note_opened
from apps.applicants.workflow import APPLICATION
from apps.associations.selectors import contact_for, national_body
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.one_time_code import CodeForm
from apps.documents.services import file_response
from apps.mail.selectors import deliveries_of_case
from apps.members.selectors import restored_with
from apps.people.selectors import mask_name
from apps.rules.selectors import get_reason, working_calendar

PROOF = ProofByCode(CodePurpose.PROGRESS, "applicants.progress_code")
SEEN = "applicants.progress_seen"
LOOKED_FOR = timedelta(minutes=30)
"""How long a proved reference stays open in the browser."""


class ProgressView(View):
    """Found and not found are alike, in words and in work: a code goes to the address either way, and only its
    owner learns whether it opens anything."""

    access = PUBLIC

    def get(self, request):
        form = LookupForm(initial={"reference": request.GET.get("reference", "")})
        return self._page(request, form)

    def post(self, request):
        form = LookupForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        reference = form.cleaned_data["reference"]
        known = application_for_lookup(reference, form.cleaned_data["email"]) is not None
        if not PROOF.ask(request, form, now=clock.now(), case=reference, known=known):
            return self._page(request, form)
        return redirect("applicants:progress_code")

    def _page(self, request, form):
        own = applications_of_user(request.actor.user_id) if request.actor.is_signed_in else []
        return render(request, "applicants/progress/lookup.html", {"form": form, "own": own})


class ProgressCodeView(View):
    access = PUBLIC

    def get(self, request):
        return self._page(request, CodeForm()) if PROOF.pending(request) else redirect("applicants:progress")

    def post(self, request):
        form = CodeForm(request.POST)
        if PROOF.pending(request) is None:
            return redirect("applicants:progress")
        if not (form.is_valid() and (sent := PROOF.redeem(request, form, now=clock.now()))):
            return self._page(request, form)
        until = (clock.now() + LOOKED_FOR).isoformat()
        request.session[SEEN] = request.session.get(SEEN, {}) | {sent["case"]: until}
        return redirect("applicants:progress_case", sent["case"])

    def _page(self, request, form):
        return render(request, "applicants/progress/code.html", {"form": form, "sent": PROOF.pending(request)})


def proved_application(request, reference):
    """The case for whoever has proved that it is theirs: signed in, or by a code to its address; else None."""
    if request.actor.is_signed_in and (own := own_application(request.actor.user_id, reference)):
        return own
    until = parse_datetime(request.session.get(SEEN, {}).get(reference, ""))
    return application_by_reference(reference) if until and until > clock.now() else None


class CaseView(View):
    """The stage in plain words, the days, who acts next, what the reader must do, whom to phone, what has happened."""

    access = PUBLIC

    def get(self, request, reference):
        application = proved_application(request, reference)
        if application is None:
            return redirect("applicants:progress")
        correction = open_correction(application)
        if correction is not None and correction.opened_at is None:
            note_opened(actor=request.actor, application_id=application.pk, has_proved=True, now=clock.now())
        context = {
            "deliveries": deliveries_of_case(application.reference),
            "progress": progress_of(application, working_calendar(), now=clock.now()),
            "application": application,
            "applicant": mask_name(application.answers["name"]),
            "is_own": application.user_id == request.actor.user_id,
            "can_withdraw": APPLICATION.allows(application.state, Action.WITHDRAW),
            "correction": correction,
            "appeal": latest_appeal(application),
            "appeal_window": appeal_window(application, today=clock.today()),
            "again": again_advice(application, today=clock.today()),
            "contact": contact_of(application),
            "conversation": conversation(application),
            "may_answer": may_answer_now(application),
        }
        if undo := confirmed_undo(application):
            context |= {
                "undo": undo,
                "undo_reason": get_reason(undo.reason_code),
                "restored": restored_with(application.membership),
            }
            context["national_contact"] = contact_for(national_body())
        if application.state == State.REFUSED:
            context["reason"] = get_reason(application.reason_code)
            context["national_contact"] = contact_for(national_body())
        return render(request, "applicants/progress/case.html", context)


class ReceiptFileView(View):
    """A letter of the case as a PDF, for whoever has proved that the case is theirs."""

    access = PUBLIC
    filename = "receipt"

    def get(self, request, reference):
        application = proved_application(request, reference)
        if application is None:
            return redirect("applicants:progress")
        letter = self.letter_of(application, now=clock.now())
        if letter is None:
            raise Http404
        return file_response(letter.file, f"{reference}-{self.filename}.pdf")

    def letter_of(self, application, *, now):
        return receipt_of(application, now=now)


class LetterView(ReceiptFileView):
    filename = "decision"

    def letter_of(self, application, *, now):
        return refusal_letter_of(application, now=now)


class AppealLetterView(ReceiptFileView):
    filename = "appeal"

    def letter_of(self, application, *, now):
        appeal = latest_appeal(application)
        return appeal and appeal_letter_of(appeal, now=now)


def contact_of(application):
    """The office that has the case now."""
    at_national_body = application.state in {State.SENT, State.CONFIRMED}
    return contact_for(national_body() if at_national_body else application.association)
