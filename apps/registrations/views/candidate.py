"""The candidate's side: prove the address, check, confirm or decline, follow."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import CodePurpose
from apps.accounts.services import ProofByCode, account_for_email, sign_in
from apps.associations.selectors import contact_for
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.date_boxes import DateBoxesField
from apps.core.errors import PortalError
from apps.core.one_time_code import CodeForm
from apps.registrations.enums import Action
from apps.registrations.forms.candidate import ConfirmForm, LookupForm, ReasonForm
from apps.registrations.selectors.answers import answer_rows, declaration_rows
from apps.registrations.selectors.cases import registration_for_lookup, registrations_of_candidate
from apps.registrations.selectors.clock import refusal_notice_by
from apps.registrations.selectors.drafts import open_gaps
from apps.registrations.selectors.progress import progress_of
from apps.registrations.services import confirming
from apps.registrations.views.files import LetterAnswer, PhotoAnswer
from apps.registrations.views.posted import posted_version
from apps.registrations.workflow import REGISTRATION
from apps.rules.selectors import get_reason, working_calendar

PROOF = ProofByCode(CodePurpose.REGISTRATION, "registrations.code")


class LookupView(View):
    """Found and not found are alike, in words and in work: a code goes to the address either way, and only its
    owner learns whether it opens anything."""

    access = PUBLIC

    def get(self, request):
        return self._page(request, LookupForm(initial={"reference": request.GET.get("reference", "")}))

    def post(self, request):
        form = LookupForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        reference = form.cleaned_data["reference"]
        known = registration_for_lookup(reference, form.cleaned_data["email"]) is not None
        if not PROOF.ask(request, form, now=clock.now(), case=reference, known=known):
            return self._page(request, form)
        return redirect("registrations:candidate_code")

    def _page(self, request, form):
        own = registrations_of_candidate(request.actor.user_id) if request.actor.is_signed_in else []
        return render(request, "registrations/candidate/lookup.html", {"form": form, "own": own})


class CodeView(View):
    """The code proves the address: from here on the candidate is signed in with it."""

    access = PUBLIC

    def get(self, request):
        return self._page(request, CodeForm()) if PROOF.pending(request) else redirect("registrations:candidate")

    def post(self, request):
        form = CodeForm(request.POST)
        if PROOF.pending(request) is None:
            return redirect("registrations:candidate")
        if not (form.is_valid() and (sent := PROOF.redeem(request, form, now=clock.now()))):
            return self._page(request, form)
        user = account_for_email(email=sent["email"], language=get_language(), now=clock.now())
        return sign_in(request, user, by="code", next_url=f"/registration/{sent['case']}/")

    def _page(self, request, form):
        return render(request, "registrations/candidate/code.html", {"form": form, "sent": PROOF.pending(request)})


class OwnCaseView(View):
    """What only the candidate sees. Whoever is signed out proves the address and is back here."""

    access = PUBLIC

    def dispatch(self, request, reference):
        rows = registrations_of_candidate(request.actor.user_id) if request.actor.is_signed_in else None
        self.registration = rows.filter(reference=reference).first() if rows is not None else None
        if self.registration is None:
            return self.prove_first(reference)
        return super().dispatch(request, reference)

    def prove_first(self, reference):
        return redirect(f"/registration/?reference={reference}")

    def load(self):
        return self.registration

    def to_case(self):
        return redirect("registrations:candidate_case", self.registration.reference)

    def context(self) -> dict:
        registration = self.registration
        return {
            "registration": registration,
            "progress": progress_of(registration, working_calendar(), today=clock.today()),
            "answers": answer_rows(registration),
            "declarations": declaration_rows(registration),
            "contact": contact_for(registration.association),
        }

    def given(self) -> dict:
        return {
            "actor": self.request.actor,
            "registration_id": self.registration.pk,
            "version": posted_version(self.request),
            "now": clock.now(),
        }

    def refused(self, error: PortalError):
        for sentence in getattr(error, "missing", None) or [error.message]:
            messages.error(self.request, str(sentence))
        return self.to_case()


class CaseView(OwnCaseView):
    """The stage in plain words, the days, who acts next; while it waits for the candidate, everything to be checked."""

    def get(self, request, reference):
        registration = self.registration
        is_asked = REGISTRATION.allows(registration.state, Action.CONFIRM)
        context = self.context() | {
            "is_asked": is_asked,
            "form": make_confirm_form() if is_asked else None,
            "gaps": open_gaps(registration),
            "can_withdraw": REGISTRATION.allows(registration.state, Action.WITHDRAW),
        }
        if registration.reason_code:
            context |= {
                "reason": get_reason(registration.reason_code),
                "notice_by": refusal_notice_by(registration),
            }
        return render(request, "registrations/candidate/case.html", context)


class ConfirmView(OwnCaseView):
    """Posted from the case page. An error shows everything again, with what was ticked."""

    def get(self, request, reference):
        return self.to_case()

    def post(self, request, reference):
        form = make_confirm_form(request.POST)
        if not REGISTRATION.allows(self.registration.state, Action.CONFIRM):
            messages.info(request, _("这件申请的状态已经改变，没有再次确认。现在的情况如下。"))
            return self.to_case()
        if not form.is_valid():
            context = self.context() | {"form": form, "is_asked": True}
            return render(request, "registrations/candidate/case.html", context)
        try:
            confirming.confirm_registration(**self.given(), declarations=form.declarations())
        except PortalError as error:
            return self.refused(error)
        messages.success(request, _("谢谢，您已确认。接下来由事务所的负责人承诺并提交协会。"))
        return self.to_case()


class DeclineView(OwnCaseView):
    def get(self, request, reference):
        return self._page(ReasonForm())

    def post(self, request, reference):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            confirming.decline_registration(**self.given(), reason=form.cleaned_data["reason"])
        except PortalError as error:
            return self.refused(error)
        messages.success(request, _("已退给经办人，原因已告知。改好以后会再请您确认。"))
        return self.to_case()

    def _page(self, form):
        return render(
            self.request, "registrations/candidate/decline.html", {"registration": self.registration, "form": form}
        )


class WithdrawView(OwnCaseView):
    def get(self, request, reference):
        if not REGISTRATION.allows(self.registration.state, Action.WITHDRAW):
            return self.to_case()
        return render(request, "registrations/candidate/withdraw.html", {"registration": self.registration})

    def post(self, request, reference):
        try:
            confirming.withdraw_registration(**self.given())
        except PortalError as error:
            return self.refused(error)
        messages.success(request, _("申请已撤回。"))
        return self.to_case()


class PhotoView(PhotoAnswer, OwnCaseView):
    def prove_first(self, reference):
        raise Http404


class LetterView(LetterAnswer, OwnCaseView):
    """The notice of a refusal as a PDF in two languages."""


def make_confirm_form(data=None) -> ConfirmForm:
    form = ConfirmForm(data)
    for field in form.fields.values():
        if isinstance(field, DateBoxesField):
            field.latest = clock.today()
    return form
