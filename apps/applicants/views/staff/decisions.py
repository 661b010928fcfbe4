"""One class a decision. A GET shows what it will do; a POST does it once, and says so when somebody was first."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.accounts.enums import Permission
from apps.applicants.enums import Action
from apps.applicants.forms.office import AgreementForm, CaseConfirmationForm, CorrectionForm, ReasonForm
from apps.applicants.models import Application
from apps.applicants.policies import actions_open_to
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.selectors.corrections import gaps_deadline
from apps.applicants.selectors.desk_lines import desk_lines
from apps.applicants.selectors.repeats import is_own_repeat
from apps.applicants.services import national, review
from apps.applicants.services.reading import record_case_reading
from apps.applicants.views.staff.case import CaseDoor, case_context
from apps.applicants.views.staff.desk import last_list
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError, TransitionRefused
from apps.core.kept_typing import KeepsTyped
from apps.rules.selectors import reasons


class DecisionView(KeepsTyped, CaseDoor):
    """Load, build the form, call one service, go back to the list; or show everything again with the reason."""

    action: Action
    template_name: str
    case_address = "applicants:case"

    def get(self, request, reference):
        application = self.load()
        if self.action not in actions_open_to(request.actor, application):
            messages.error(request, TransitionRefused.message)
            return redirect(self.case_address, reference)
        record_case_reading(request.actor, application, now=clock.now())
        return self.show(application, self.make_form(application, data=self.typed_before()))

    def post(self, request, reference):
        application = self.load()
        form = self.make_form(application, data=request.POST)
        if not form.is_valid():
            return self.show(application, form)
        try:
            done = self.decide(application, form)
        except PortalError as error:
            if not self.is_repeat(application, form):
                return self.show_refused(form, error)
            done = self.load()  # a double click: what was done once is done
        messages.success(request, self.success(done))
        return self.redirect(done)

    def make_form(self, application: Application, data=None):
        raise NotImplementedError

    def decide(self, application: Application, form) -> Application:
        raise NotImplementedError

    def success(self, application: Application) -> str:
        raise NotImplementedError

    def redirect(self, application: Application):
        """Back to the list that the officer came from, narrowed as it was."""
        return redirect(last_list(self.request))

    def is_repeat(self, application: Application, form) -> bool:
        version = form.cleaned_data["version"]
        return is_own_repeat(application.pk, version, actor=self.request.actor, action=self.action)

    def show_refused(self, form, error: PortalError):
        """Everything typed stays; the case is shown as it is now, and a second press is about what is shown."""
        application = self.load()
        for sentence in getattr(error, "missing", None) or [error.message]:
            form.add_error(None, sentence)
        form.data = form.data.copy()
        form.data["version"] = application.version
        return self.show(application, form)

    def show(self, application: Application, form):
        context = {
            "application": application,
            "form": form,
            "door": self.door,
            "case_address": self.case_address,
            "is_open": self.action in actions_open_to(self.request.actor, application),
            **self.beside(application),
        }
        return render(self.request, self.template_name, context)

    def beside(self, application: Application) -> dict:
        """What a decision's page shows besides its form."""
        return {}

    def arguments(self, application: Application, form) -> dict:
        """What every service is given."""
        return {
            "actor": self.request.actor,
            "application_id": application.pk,
            "version": form.cleaned_data["version"],
            "now": clock.now(),
        }


class AgreeView(DecisionView):
    """Posted from the decision screen, where the checklist stands."""

    action = Action.AGREE

    def get(self, request, reference):
        return redirect(self.case_address, reference)

    def make_form(self, application, data=None):
        lines = checklist(application, roll_finding(application), today=clock.today())
        return AgreementForm(data, application=application, lines=[*lines, *desk_lines(application)])

    def decide(self, application, form):
        return review.agree_application(**self.arguments(application, form), confirmed=form.confirmed())

    def success(self, application):
        sentence = _("已同意 %(reference)s。%(until)s 前您可以收回；之后进入本协会的汇总表，报送后由中注协复核。")
        until = date_format(localtime(application.take_back_until), "TIME_FORMAT")
        return sentence % {"reference": application.reference, "until": until}

    def show(self, application, form):
        context = case_context(self.request, application, self.door)
        return render(self.request, "applicants/office/case.html", context | {"agreement": form, "form": form})


class RefuseView(DecisionView):
    action = Action.REFUSE
    template_name = "applicants/office/refuse.html"

    def make_form(self, application, data=None):
        hint = _("申请人会看到。写明事实和依据，例如：您声明 2025年3月1日受过行政处罚，至申请日不满 2 年。")
        catalogue = reasons("refusal", on=clock.today())
        return ReasonForm(data, application=application, reasons=catalogue, note_hint=hint)

    def decide(self, application, form):
        reason_code, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        arguments = self.arguments(application, form)
        return review.refuse_application(**arguments, reason_code=reason_code, note=note)

    def success(self, application):
        return _("已作出不予登记的决定，%(reference)s 的申请人会收到理由和申诉途径。") % {
            "reference": application.reference
        }


class CorrectionView(DecisionView):
    action = Action.REQUEST_CORRECTION
    template_name = "applicants/office/correction.html"

    def make_form(self, application, data=None):
        return CorrectionForm(data, application=application)

    def decide(self, application, form):
        request = review.request_correction(
            **self.arguments(application, form), items=form.items(), late_reason=form.why_late
        )
        return request.application

    def beside(self, application):
        return {"gaps": gaps_deadline(application, today=clock.today())}

    def success(self, application):
        return _("已要求 %(reference)s 补正，计时暂停，等申请人答复。") % {"reference": application.reference}


class ConfirmView(DecisionView):
    """Posted from the case's own page; several at once are confirmed on the page of their batch."""

    access = Staff(Permission.RECHECK_APPLICATION)
    door = "recheck"
    action = Action.CONFIRM
    case_address = "applicants:recheck_case"

    def get(self, request, reference):
        return redirect(self.case_address, reference)

    def make_form(self, application, data=None):
        lines = desk_lines(application)
        return CaseConfirmationForm(data, application=application, year=clock.today().year, lines=lines)

    def decide(self, application, form):
        number = form.cleaned_data["document_number"]
        arguments = self.arguments(application, form)
        return national.confirm_application(**arguments, document_number=number, confirmed=form.confirmed())

    def success(self, application):
        return _("%(reference)s 复核通过，已按 %(number)s 公告，会员资格今日生效。") % {
            "reference": application.reference,
            "number": application.document_number,
        }

    def redirect(self, application):
        return redirect("applicants:recheck_batch", application.batch.number)

    def show(self, application, form):
        context = case_context(self.request, application, self.door)
        return render(self.request, "applicants/office/case.html", context | {"confirmation": form, "form": form})


class ReturnView(DecisionView):
    access = Staff(Permission.RECHECK_APPLICATION)
    door = "recheck"
    action = Action.RETURN
    template_name = "applicants/office/return.html"
    case_address = "applicants:recheck_case"

    def make_form(self, application, data=None):
        hint = _("地方协会会看到。写明需要核实什么，例如：照片与证件不符，请要求申请人重新提供。")
        catalogue = reasons("return", on=clock.today())
        return ReasonForm(data, application=application, reasons=catalogue, note_hint=hint)

    def decide(self, application, form):
        reason_code, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        return national.return_application(**self.arguments(application, form), reason_code=reason_code, note=note)

    def success(self, application):
        return _("%(reference)s 已退回 %(association)s，由其重新决定。") % {
            "reference": application.reference,
            "association": application.association.short_label,
        }

    def redirect(self, application):
        return redirect("applicants:recheck_batch", application.batch.number)
