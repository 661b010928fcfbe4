"""Where is my application: signed in, or by reference and a code to the address that was given with it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import CodePurpose
from apps.accounts.services import CodeRefused, client_ip, redeem_code, request_code
from apps.applicants.enums import Action, State
from apps.applicants.forms.codes import CodeForm, LookupForm
from apps.applicants.forms.correction import CorrectionForms
from apps.applicants.forms.pages import PAGE_FORMS
from apps.applicants.selectors.progress import (
    application_by_reference,
    application_for_lookup,
    applications_of_user,
    open_correction,
    own_application,
    progress_of,
)
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.drafts import keep_typed
from apps.applicants.services.submission import SecondApplication
from apps.applicants.services.withdrawal import withdraw_application
from apps.applicants.views import carried
from apps.applicants.workflow import APPLICATION
from apps.associations.selectors import contact_for, national_body
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.errors import RequirementsMissing, TransitionRefused
from apps.documents.services import file_response
from apps.people.selectors import mask_name
from apps.rules.selectors import get_reason, working_calendar

CODE = "applicants.progress_code"
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
        reference, email = form.cleaned_data["reference"], form.cleaned_data["email"]
        try:
            sent = request_code(
                purpose=CodePurpose.PROGRESS,
                email=email,
                language=get_language(),
                now=clock.now(),
                case=reference,
                ip=client_ip(request),
                known=application_for_lookup(reference, email) is not None,
            )
        except CodeRefused as error:
            form.add_error("email", str(error))
            return self._page(request, form)
        request.session[CODE] = {"id": str(sent.id), "email": sent.email, "reference": reference}
        return redirect("applicants:progress_code")

    def _page(self, request, form):
        own = applications_of_user(request.actor.user_id) if request.actor.is_signed_in else []
        return render(request, "applicants/progress/lookup.html", {"form": form, "own": own})


class ProgressCodeView(View):
    access = PUBLIC

    def get(self, request):
        return self._page(request, CodeForm()) if CODE in request.session else redirect("applicants:progress")

    def post(self, request):
        sent, form = request.session.get(CODE), CodeForm(request.POST)
        if sent is None:
            return redirect("applicants:progress")
        if not form.is_valid():
            return self._page(request, form)
        try:
            redeem_code(
                purpose=CodePurpose.PROGRESS,
                email=sent["email"],
                case=sent["reference"],
                code=form.cleaned_data["code"],
                request_id=sent["id"],
                now=clock.now(),
            )
        except CodeRefused as error:
            form.refuse(error)
            return self._page(request, form)
        del request.session[CODE]
        until = (clock.now() + LOOKED_FOR).isoformat()
        request.session[SEEN] = request.session.get(SEEN, {}) | {sent["reference"]: until}
        return redirect("applicants:progress_case", sent["reference"])

    def _page(self, request, form):
        return render(request, "applicants/progress/code.html", {"form": form, "sent": request.session[CODE]})


class CaseView(View):
    """The stage in plain words, the days, who acts next, what the reader must do, whom to phone, what has happened."""

    access = PUBLIC

    def get(self, request, reference):
        application = self._application(request, reference)
        if application is None:
            return redirect("applicants:progress")
        correction = open_correction(application)
        context = {
            "progress": progress_of(application, working_calendar(), today=clock.today()),
            "application": application,
            "applicant": mask_name(application.answers["name"]),
            "is_own": application.user_id == request.actor.user_id,
            "can_withdraw": APPLICATION.allows(application.state, Action.WITHDRAW),
            "correction": correction,
            "contact": contact_of(application),
        }
        if application.state == State.REFUSED:
            context["reason"] = get_reason(application.reason_code)
            context["national_contact"] = contact_for(national_body())
        return render(request, "applicants/progress/case.html", context)

    def _application(self, request, reference):
        if request.actor.is_signed_in and (own := own_application(request.actor.user_id, reference)):
            return own
        until = parse_datetime(request.session.get(SEEN, {}).get(reference, ""))
        return application_by_reference(reference) if until and until > clock.now() else None


def contact_of(application):
    """The office that has the case now."""
    at_national_body = application.state in {State.SENT, State.CONFIRMED}
    return contact_for(national_body() if at_national_body else application.association)


class OwnCaseView(View):
    """What only the account itself may do with its case. Whoever is signed out signs in and is back here."""

    access = PUBLIC

    def dispatch(self, request, reference):
        if not request.actor.is_signed_in:
            return self.sign_in_first(request, reference)
        self.application = own_application(request.actor.user_id, reference)
        if self.application is None:
            raise Http404
        return super().dispatch(request, reference)

    def sign_in_first(self, request, reference):
        request.session[carried.NEXT] = request.path
        messages.info(request, _("请用申请时的邮箱登录，然后继续。"))
        return redirect("applicants:email")

    def version(self) -> int:
        text = self.request.POST.get("version", "")
        return int(text) if text.isdigit() else -1

    def to_case(self):
        return redirect("applicants:progress_case", self.application.reference)


class CorrectionView(OwnCaseView):
    """Everything that was asked, on one page; nothing else can be changed."""

    def sign_in_first(self, request, reference):
        if request.method == "POST":
            names = [name for form in PAGE_FORMS.values() for name in form.base_fields]
            carried.carry_typed(request, reference, carried.typed_values(request.POST, names))
        return super().sign_in_first(request, reference)

    def get(self, request, reference):
        correction = open_correction(self.application)
        if correction is None:
            return self.to_case()
        typed = carried.take_typed(request, reference) or self.application.answers.get("typed", {}).get("correction")
        return self._show(request, self._forms(correction, carried.as_posted(typed) if typed else None))

    def post(self, request, reference):
        correction = open_correction(self.application)
        if correction is None:
            messages.info(request, _("补正已经提交过了，或这件申请的状态已经改变。现在的情况如下。"))
            return self.to_case()
        forms = self._forms(correction, request.POST, request.FILES)
        if not forms.is_valid():
            typed = carried.typed_values(request.POST, forms.names)
            keep_typed(self.application.pk, actor=request.actor, page="correction", typed=typed)
            return self._show(request, forms)
        return self._answer(request, forms)

    def _answer(self, request, forms):
        try:
            answer_correction(
                actor=request.actor,
                application_id=self.application.pk,
                version=self.version(),
                answers=forms.answers(),
                picture=forms.picture,
                now=clock.now(),
            )
        except (RequirementsMissing, SecondApplication) as error:
            forms.refusal = getattr(error, "missing", None) or [error]
            return self._show(request, forms)
        except TransitionRefused:
            messages.warning(request, _("这件申请的状态刚刚改变，您的补正没有提交。请看看现在的情况，再试一次。"))
            return self.to_case()
        messages.success(request, _("补正已提交，审查从下一个工作日起继续计时。"))
        return self.to_case()

    def _forms(self, correction, data=None, files=None):
        return CorrectionForms(correction, data, files, saved=self.application.answers, today=clock.today())

    def _show(self, request, forms):
        context = {"forms": forms, "application": self.application, "photo": self.application.photo_id}
        return render(request, "applicants/progress/correction.html", context)


class PhotoView(OwnCaseView):
    """The photo of the case, for its applicant."""

    def get(self, request, reference):
        if self.application.photo_id is None:
            raise Http404
        return file_response(self.application.photo, "photo.jpg", inline=True)


class WithdrawView(OwnCaseView):
    def get(self, request, reference):
        if not APPLICATION.allows(self.application.state, Action.WITHDRAW):
            return self.to_case()
        return render(request, "applicants/progress/withdraw.html", {"application": self.application})

    def post(self, request, reference):
        try:
            withdraw_application(
                actor=request.actor, application_id=self.application.pk, version=self.version(), now=clock.now()
            )
        except TransitionRefused:
            messages.warning(request, _("这件申请的状态刚刚改变，没有撤回。请看看现在的情况，再决定是否撤回。"))
        else:
            messages.success(request, _("申请已撤回。"))
        return self.to_case()
