"""Before there is an account: what it takes, the eligibility questions, their result, and the one-time code."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views import View

from apps.accounts.enums import CodePurpose
from apps.accounts.services import ProofByCode, account_for_email, sign_in
from apps.applicants.enums import OPEN_STATES, Eligibility, LateMode, Practising
from apps.applicants.forms.codes import EmailForm
from apps.applicants.forms.eligibility import QUESTIONS
from apps.applicants.selectors.drafts import draft_of_user, late_mode_at
from apps.applicants.selectors.eligibility import EligibilityAnswers, eligibility
from apps.applicants.selectors.progress import applications_of_user
from apps.applicants.views import carried
from apps.associations.selectors import all_associations, contact_for, national_body
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.one_time_code import CodeForm
from apps.members.selectors import memberships_of_user
from apps.rules.selectors import rule_clause

STEPS = list(QUESTIONS)
PROOF = ProofByCode(CodePurpose.START_APPLICATION, "applicants.code")


class ApplyView(View):
    """The front door: what to have at hand, how long it takes, and where one was."""

    access = PUBLIC

    def get(self, request):
        context = {"first_question": reverse("applicants:question", args=[STEPS[0]])}
        if request.actor.is_signed_in:
            own = applications_of_user(request.actor.user_id)
            context["draft"] = draft_of_user(request.actor.user_id)
            context["membership"] = memberships_of_user(request.actor.user_id).first()
            context["open_case"] = next((case for case in own if case.state in OPEN_STATES), None)
        return render(request, "applicants/apply/start.html", context)


class QuestionView(View):
    access = PUBLIC

    def get(self, request, step):
        form = self._form_class(step)(kept=carried.eligibility_answers(request), today=clock.today())
        return self._page(request, step, form)

    def post(self, request, step):
        kept = carried.eligibility_answers(request)
        form = self._form_class(step)(request.POST, kept=kept, today=clock.today())
        if not form.is_valid():
            return self._page(request, step, form)
        carried.keep_eligibility(request, form.answers() | {"may_start": False, "insists": False})
        answers = EligibilityAnswers.from_json(carried.eligibility_answers(request))
        if step == STEPS[-1] or _is_settled(step, answers):
            return redirect("applicants:eligibility")
        return redirect("applicants:question", STEPS[STEPS.index(step) + 1])

    def _form_class(self, step):
        if step not in QUESTIONS:
            raise Http404
        return QUESTIONS[step]

    def _page(self, request, step, form):
        place = STEPS.index(step)
        back = reverse("applicants:question", args=[STEPS[place - 1]]) if place else reverse("applicants:apply")
        context = {"form": form, "step": step, "place": place + 1, "total": len(STEPS), "back": back}
        return render(request, "applicants/apply/question.html", context)


def _is_settled(step: str, answers: EligibilityAnswers) -> bool:
    """Some answers need no further question."""
    today = clock.today()
    if step == "practising":
        return eligibility(answers, today=today).verdict in {Eligibility.THROUGH_FIRM, Eligibility.STOP_FIRST}
    stopped = answers.practising == Practising.STOPPED
    return step == "certificate" and not answers.has_certificate and not stopped


class EligibilityView(View):
    """Route, clause, exact last day. An expired route is explained; whoever insists gets a decision by a person."""

    access = PUBLIC

    def get(self, request):
        kept = self._answers(request)
        if "practising" not in kept:
            return redirect("applicants:question", STEPS[0])
        national = national_body()
        result = eligibility(EligibilityAnswers.from_json(kept), today=clock.today())
        context = {"result": result, "kept": kept, "contact": contact_for(national, national=national)}
        if result.may_insist:
            context |= _late_ways(clock.today())
        return render(request, "applicants/apply/eligibility.html", context)

    def post(self, request):
        kept = self._answers(request)
        result = eligibility(EligibilityAnswers.from_json(kept), today=clock.today())
        insists = result.may_insist and "insist" in request.POST
        if not (result.may_apply or insists):
            return redirect("applicants:eligibility")
        carried.keep_eligibility(request, kept | {"may_start": True, "insists": insists})
        return redirect("applicants:tasks")

    def _answers(self, request) -> dict:
        """Those of this visit; else those of the draft that was begun before."""
        kept = carried.eligibility_answers(request)
        if "practising" not in kept and request.actor.is_signed_in:
            draft = draft_of_user(request.actor.user_id)
            kept = draft.answers.get("eligibility", {}) if draft else kept
        return kept


def _late_ways(today) -> dict:
    """What whoever comes late is told: whether the way is open, and where it is open though not everywhere."""
    general = late_mode_at(None, on=today)
    modes = [(body, late_mode_at(body.code, on=today)) for body in all_associations()]
    return {
        "late_mode": general,
        "late_exceptions": [(body, mode) for body, mode in modes if mode not in {general, LateMode.CLOSED}],
        "late_clause": rule_clause("late_admission.mode", on=today),
    }


class EmailView(View):
    """An account needs only an address that works: a code goes there."""

    access = PUBLIC

    def get(self, request):
        if request.GET.get("to") == "progress":
            request.session[carried.NEXT] = reverse("applicants:progress")
        if request.actor.is_signed_in:
            return redirect(request.session.pop(carried.NEXT, reverse("applicants:tasks")))
        return self._page(request, EmailForm(initial=PROOF.pending(request)))

    def post(self, request):
        form = EmailForm(request.POST)
        if not (form.is_valid() and PROOF.ask(request, form, now=clock.now())):
            return self._page(request, form)
        return redirect("applicants:code")

    def _page(self, request, form):
        return render(request, "applicants/apply/email.html", {"form": form})


class CodeView(View):
    access = PUBLIC

    def get(self, request):
        if PROOF.pending(request) is None:
            return redirect("applicants:email")
        return self._page(request, CodeForm())

    def post(self, request):
        form = CodeForm(request.POST)
        if PROOF.pending(request) is None:
            return redirect("applicants:email")
        if not (form.is_valid() and (sent := PROOF.redeem(request, form, now=clock.now()))):
            return self._page(request, form)
        target = request.session.pop(carried.NEXT, reverse("applicants:tasks"))
        user = account_for_email(email=sent["email"], language=get_language(), now=clock.now())
        return sign_in(request, user, by="code", next_url=target)

    def _page(self, request, form):
        context = {"form": form, "email": PROOF.pending(request)["email"]}
        return render(request, "applicants/apply/code.html", context)
