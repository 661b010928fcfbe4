"""The steps that a firm takes: one class each. A GET shows what it will do; a POST does it once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import PortalError
from apps.registrations.enums import Action
from apps.registrations.forms.candidate import ReasonForm
from apps.registrations.models import Registration
from apps.registrations.policies import FIRM_ACTIONS, actions_open_to
from apps.registrations.services import confirming
from apps.registrations.views.firm.case import CaseDoor, case_context
from apps.registrations.views.posted import posted_version


class ActView(CaseDoor):
    """Load, call one service, back to the case; what is refused is said there."""

    action: Action
    template_name = ""

    def get(self, request, reference):
        registration = self.load()
        if not self.template_name or self.action not in actions_open_to(request.actor, registration, FIRM_ACTIONS):
            return self.to_case()
        return self.show(registration)

    def post(self, request, reference):
        registration = self.load()
        try:
            self.act(registration, **self.given(registration))
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                messages.error(request, str(sentence))
            return self.to_case()
        messages.success(request, self.success(registration))
        return self.to_case()

    def act(self, registration: Registration, **given):
        raise NotImplementedError

    def success(self, registration: Registration) -> str:
        raise NotImplementedError

    def given(self, registration: Registration) -> dict:
        return {
            "actor": self.request.actor,
            "registration_id": registration.pk,
            "version": posted_version(self.request),
            "now": clock.now(),
        }

    def show(self, registration: Registration, **more):
        return render(self.request, self.template_name, case_context(self.request, registration) | more)

    def to_case(self):
        return redirect("registrations:firm_case", self.kwargs["reference"])


class InviteView(ActView):
    action = Action.INVITE

    def act(self, registration, **given):
        confirming.invite_candidate(**given)

    def success(self, registration):
        return _("已发邮件请申请人本人确认。确认以后，由负责人承诺并提交。")


class TakeBackView(ActView):
    action = Action.TAKE_BACK

    def act(self, registration, **given):
        confirming.take_back(**given)

    def success(self, registration):
        return _("已取回，可以修改。改好后请再请本人确认。")


class FileView(ActView):
    """The head reads everything once more, then commits."""

    action = Action.FILE
    template_name = "registrations/firm/file.html"

    def act(self, registration, **given):
        confirming.file_registration(**given)

    def success(self, registration):
        return _("已提交%(association)s进行形式审查。") % {"association": registration.association.label}


class WithdrawView(ActView):
    action = Action.WITHDRAW
    template_name = "registrations/firm/withdraw.html"

    def act(self, registration, **given):
        confirming.withdraw_registration(**given)

    def success(self, registration):
        return _("申请已撤回。")


class SendBackView(ActView):
    action = Action.SEND_BACK
    template_name = "registrations/firm/send_back.html"

    def show(self, registration, **more):
        return super().show(registration, **({"form": ReasonForm()} | more))

    def post(self, request, reference):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(self.load(), form=form)
        self.reason = form.cleaned_data["reason"]
        return super().post(request, reference)

    def act(self, registration, **given):
        confirming.send_back(**given, reason=self.reason)

    def success(self, registration):
        return _("已退回经办人修改。")
