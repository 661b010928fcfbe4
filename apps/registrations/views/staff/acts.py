"""One class an act. A GET shows what it will do; a POST does it once, and says so when somebody was first."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import PortalError, TransitionRefused
from apps.core.kept_typing import KeepsTyped
from apps.registrations.enums import Action
from apps.registrations.forms.office import AcceptForm, ConfirmationForm, GapsForm
from apps.registrations.models import Registration
from apps.registrations.policies import OFFICE_ACTIONS, actions_open_to
from apps.registrations.selectors.checklist import checklist
from apps.registrations.services import checking
from apps.registrations.services.reading import record_case_reading
from apps.registrations.views.staff.case import CaseDoor, case_context


class ActView(CaseDoor):
    """Load, build the form, call one service, back to the case; or show everything again with the reason."""

    action: Action
    form_name = "form"
    template_name = "registrations/office/case.html"

    def get(self, request, reference):
        return redirect("registrations:office_case", reference)

    def post(self, request, reference):
        registration = self.load()
        form = self.make_form(registration, request.POST)
        if not form.is_valid():
            return self.show(registration, form)
        try:
            done = self.act(form, **self.given(registration, form))
        except PortalError as error:
            return self.show_refused(form, error)
        messages.success(request, self.success(done))
        return redirect("registrations:office_case", reference)

    def make_form(self, registration: Registration, data=None):
        raise NotImplementedError

    def act(self, form, **given) -> Registration:
        raise NotImplementedError

    def success(self, registration: Registration) -> str:
        raise NotImplementedError

    def given(self, registration: Registration, form) -> dict:
        return {
            "actor": self.request.actor,
            "registration_id": registration.pk,
            "version": form.cleaned_data["version"],
            "now": clock.now(),
        }

    def show_refused(self, form, error: PortalError):
        """Everything typed stays; the case is shown as it is now, and a second press is about what is shown."""
        registration = self.load()
        for sentence in getattr(error, "missing", None) or [error.message]:
            form.add_error(None, sentence)
        form.data = form.data.copy()
        form.data["version"] = registration.version
        return self.show(registration, form)

    def show(self, registration: Registration, form):
        context = case_context(self.request, registration) | {"form": form, self.form_name: form}
        return render(self.request, self.template_name, context)


class AcceptView(ActView):
    action = Action.ACCEPT
    form_name = "acceptance"

    def make_form(self, registration, data=None):
        return AcceptForm(data, registration=registration, lines=checklist(registration, today=clock.today()))

    def act(self, form, **given):
        return checking.accept_registration(**given, confirmed=form.confirmed())

    def success(self, registration):
        if registration.decides_inside:
            return _("已受理。请在期限内审查决定。")
        return _("已受理。请导出并录入监管平台；结果出来后导入，由导入的结果办结。")


class ConfirmationView(ActView):
    action = Action.ACCEPT
    form_name = "confirmation"

    def make_form(self, registration, data=None):
        return ConfirmationForm(data, registration=registration)

    def act(self, form, **given):
        return checking.record_exam_confirmation(**given, number=form.cleaned_data["number"])

    def success(self, registration):
        return _("确认单编号已登记。")


class GapsView(KeepsTyped, ActView):
    """Its own page: the list is told once, so it is made with care."""

    action = Action.REQUEST_GAPS
    template_name = "registrations/office/gaps.html"

    def get(self, request, reference):
        registration = self.load()
        if self.action not in actions_open_to(request.actor, registration, OFFICE_ACTIONS):
            messages.error(request, str(TransitionRefused.message))
            return redirect("registrations:office_case", reference)
        record_case_reading(request.actor, registration, now=clock.now())
        return self.show(registration, self.make_form(registration, self.typed_before()))

    def make_form(self, registration, data=None):
        return GapsForm(data, registration=registration, is_later=registration.gap_lists.exists())

    def act(self, form, **given):
        why_again = form.cleaned_data.get("why_again", "")
        return checking.request_gaps(**given, items=form.items(), why_again=why_again)

    def success(self, registration):
        return _("已一次告知，发邮件给事务所和申请人。补正后重新提交时，形式审查的期限重新计算。")
