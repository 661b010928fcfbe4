"""What only the account itself may do with its case: answer a correction, see the photo, withdraw."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applicants.enums import Action
from apps.applicants.forms.appeals import AppealForm
from apps.applicants.forms.correction import CorrectionForms
from apps.applicants.forms.desk import ReplyForm
from apps.applicants.forms.pages import PAGE_FORMS
from apps.applicants.selectors.appeals import appeal_window
from apps.applicants.selectors.attachments import papers_since
from apps.applicants.selectors.corrections import open_correction
from apps.applicants.selectors.messages import conversation, may_answer_now
from apps.applicants.selectors.progress import own_application
from apps.applicants.services.again import begin_again
from apps.applicants.services.appeals import file_appeal
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.drafts import keep_typed
from apps.applicants.services.messages import answer_office
from apps.applicants.services.submission import SecondApplication
from apps.applicants.services.telling import note_opened
from apps.applicants.services.withdrawal import withdraw_application
from apps.applicants.views import carried
from apps.applicants.workflow import APPLICATION
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.errors import RequirementsMissing, TransitionRefused
from apps.documents.services import file_response


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
        note_opened(actor=request.actor, application_id=self.application.pk, now=clock.now())
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
            keep_typed(self.application.pk, actor=request.actor, page="correction", typed=typed, now=clock.now())
            return self._show(request, forms)
        return self._answer(request, forms)

    def _answer(self, request, forms):
        try:
            answer_correction(
                actor=request.actor,
                application_id=self.application.pk,
                version=carried.posted_version(request),
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
        context = {
            "forms": forms,
            "application": self.application,
            "photo": self.application.shown_photo,
            "papers_come": papers_since(self.application, forms.correction.requested_at),
        }
        return render(request, "applicants/progress/correction.html", context)


class PhotoView(OwnCaseView):
    """The photo of the case, for its applicant."""

    def get(self, request, reference):
        if self.application.shown_photo is None:
            raise Http404
        return file_response(self.application.shown_photo, "photo.jpg", inline=True)


class ReplyView(OwnCaseView):
    """Answer what an office wrote. What is typed stays until it is sent."""

    def get(self, request, reference):
        if not may_answer_now(self.application):
            return self.to_case()
        return self._show(request, ReplyForm())

    def post(self, request, reference):
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        try:
            answer_office(
                actor=request.actor,
                application_id=self.application.pk,
                text=form.cleaned_data["text"],
                now=clock.now(),
            )
        except TransitionRefused as error:
            form.add_error(None, error.message)
            return self._show(request, form)
        messages.success(request, _("您的答复已送到协会，工作人员会看到。"))
        return self.to_case()

    def _show(self, request, form):
        context = {"form": form, "application": self.application, "conversation": conversation(self.application)}
        return render(request, "applicants/progress/reply.html", context)


class WithdrawView(OwnCaseView):
    def get(self, request, reference):
        if not APPLICATION.allows(self.application.state, Action.WITHDRAW):
            return self.to_case()
        return render(request, "applicants/progress/withdraw.html", {"application": self.application})

    def post(self, request, reference):
        try:
            withdraw_application(
                actor=request.actor,
                application_id=self.application.pk,
                version=carried.posted_version(request),
                now=clock.now(),
            )
        except TransitionRefused:
            messages.warning(request, _("这件申请的状态刚刚改变，没有撤回。请看看现在的情况，再决定是否撤回。"))
        else:
            messages.success(request, _("申请已撤回。"))
        return self.to_case()


class AppealView(OwnCaseView):
    """Why the applicant does not agree, in their own words. What is typed is never lost."""

    def sign_in_first(self, request, reference):
        if request.method == "POST":
            carried.carry_typed(request, f"appeal:{reference}", carried.typed_values(request.POST, ["grounds"]))
        return super().sign_in_first(request, reference)

    def get(self, request, reference):
        typed = carried.take_typed(request, f"appeal:{reference}")
        return self._show(request, AppealForm(carried.as_posted(typed) if typed else None))

    def post(self, request, reference):
        form = AppealForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        try:
            file_appeal(
                actor=request.actor,
                application_id=self.application.pk,
                grounds=form.cleaned_data["grounds"],
                now=clock.now(),
            )
        except TransitionRefused:
            messages.warning(request, _("没有提交申诉：这件申请已经有申诉，或申诉期限已过。现在的情况如下。"))
        else:
            messages.success(request, _("申诉已提交。决定期限和下一步见下文。"))
        return self.to_case()

    def _show(self, request, form):
        window = appeal_window(self.application, today=clock.today())
        if window is None or not window.is_open:
            return self.to_case()
        context = {"application": self.application, "form": form, "window": window}
        return render(request, "applicants/progress/appeal.html", context)


class AgainView(OwnCaseView):
    """Apply again with what was filled in before."""

    def get(self, request, reference):
        return self.to_case()

    def post(self, request, reference):
        try:
            begin_again(
                actor=request.actor, application_id=self.application.pk, language=get_language(), now=clock.now()
            )
        except TransitionRefused:
            messages.info(request, _("这件申请还在办理，不需要重新申请。"))
            return self.to_case()
        messages.success(request, _("您以前填写的内容、照片和上传的材料已经带过来。请逐页核对，声明要重新填写。"))
        return redirect("applicants:tasks")
