"""Undoing a wrong admission at the national body: ask, see what it would change, confirm or decline."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.enums import State, UndoState
from apps.applicants.forms.desk import UndoConfirmationForm, UndoForm
from apps.applicants.models import Application
from apps.applicants.policies import can_ask_undo, can_decide_undo
from apps.applicants.selectors.undoing import effects_of_undo, latest_undo, open_undo, undos_visible_to
from apps.applicants.services.reading import record_case_reading, record_list_reading
from apps.applicants.services.undoing import ask_undo, confirm_undo, decline_undo
from apps.applicants.views.staff.case import CaseDoor
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError, TransitionRefused
from apps.rules.enums import ReasonKind
from apps.rules.selectors import get_reason, reasons

SHOWN = 100


class UndosView(View):
    """What waits for a second person first, then what was decided."""

    access = Staff(Permission.RECHECK_APPLICATION)

    def get(self, request):
        rows = list(undos_visible_to(request.actor)[:SHOWN])
        rows.sort(key=lambda undo: undo.state != UndoState.ASKED)
        record_list_reading(request.actor, [undo.application for undo in rows], now=clock.now())
        shown = [(undo, get_reason(undo.reason_code)) for undo in rows]
        return render(request, "applicants/office/undos.html", {"rows": shown})


class UndoView(CaseDoor):
    """One admission: the form that asks, or what was asked with the decision that waits for another person."""

    access = Staff(Permission.RECHECK_APPLICATION)
    door = "recheck"

    def load(self) -> Application:
        application = super().load()
        if application.state != State.CONFIRMED:
            raise TransitionRefused
        return application

    def get(self, request, reference):
        try:
            application = self.load()
        except TransitionRefused as error:
            messages.error(request, error.message)
            return redirect("applicants:recheck_case", reference)
        record_case_reading(request.actor, application, now=clock.now())
        return self.show(application)

    def post(self, request, reference):
        application = super().load()
        form = self.ask_form(application, request.POST)
        if not form.is_valid():
            return self.show(application, asking=form, form=form)
        try:
            ask_undo(
                actor=request.actor,
                application_id=application.pk,
                version=form.cleaned_data["version"],
                reason_code=form.cleaned_data["reason"],
                facts=form.cleaned_data["note"],
                now=clock.now(),
            )
        except PortalError as error:
            _add_sentences(form, error)
            return self.show(super().load(), asking=form, form=form)
        messages.success(request, _("已提出撤销登记，等中注协另一位工作人员决定。在此之前会员资格不变。"))
        return redirect("applicants:undo", reference)

    def ask_form(self, application: Application, data=None) -> UndoForm:
        hint = _("本人会看到。写明日期、文号和来源，例如：考试办公室 2026年4月1日函复，持有人为另一人。")
        catalogue = reasons(ReasonKind.UNDO, on=clock.today())
        return UndoForm(data, application=application, reasons=catalogue, note_hint=hint)

    def show(self, application: Application, **forms):
        actor, undo, waiting = self.request.actor, latest_undo(application), open_undo(application)
        may_ask = not waiting and not application.undone_at and can_ask_undo(actor, application)
        may_decide = waiting is not None and can_decide_undo(actor, application, waiting)
        context = {
            "application": application,
            "undo": undo,
            "reason": get_reason(undo.reason_code) if undo else None,
            "effects": effects_of_undo(application),
            "asking": self.ask_form(application) if may_ask else None,
            "deciding": UndoConfirmationForm(year=clock.today().year) if may_decide else None,
        }
        return render(self.request, "applicants/office/undo.html", context | forms)


class UndoDecisionView(UndoView):
    """The second person: confirm with a document number, or decline."""

    def get(self, request, reference):
        return redirect("applicants:undo", reference)

    def post(self, request, reference):
        application = CaseDoor.load(self)
        undo = open_undo(application)
        if undo is None:
            messages.error(request, TransitionRefused.message)
            return redirect("applicants:undo", reference)
        if request.POST.get("decision") == "decline":
            return self.decline(undo, reference)
        form = UndoConfirmationForm(request.POST, year=clock.today().year)
        if form.is_valid():
            try:
                confirm_undo(
                    actor=request.actor,
                    undo_id=undo.pk,
                    document_number=form.cleaned_data["document_number"],
                    now=clock.now(),
                )
            except PortalError as error:
                _add_sentences(form, error)
            else:
                messages.success(request, _("登记已撤销：名册、会员证查验和公告即时生效，本人会收到通知。"))
                return redirect("applicants:undo", reference)
        return self.show(CaseDoor.load(self), deciding=form, form=form)

    def decline(self, undo, reference: str):
        try:
            decline_undo(actor=self.request.actor, undo_id=undo.pk, now=clock.now())
        except PortalError as error:
            messages.error(self.request, error.message)
        else:
            messages.success(self.request, _("已决定不撤销，会员资格不变。"))
        return redirect("applicants:undo", reference)


def _add_sentences(form, error: PortalError) -> None:
    for sentence in getattr(error, "missing", None) or [error.message]:
        form.add_error(None, sentence)
