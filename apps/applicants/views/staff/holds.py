"""Letting a case rest until a day, and taking it up again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.accounts.enums import Permission
from apps.applicants.enums import HOLDING_STATES
from apps.applicants.forms.desk import HoldForm
from apps.applicants.models import Application
from apps.applicants.policies import can_hold
from apps.applicants.selectors.holds import hold_of
from apps.applicants.services.holds import hold_case, latest_hold_day, lift_hold
from apps.applicants.services.reading import record_case_reading
from apps.applicants.views.staff.case import CaseDoor
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError, TransitionRefused
from apps.core.kept_typing import KeepsTyped
from apps.rules.enums import ReasonKind
from apps.rules.selectors import reasons


class HoldView(KeepsTyped, CaseDoor):
    """Reason and last day; the page says that the statutory clock goes on."""

    case_address, list_address = "applicants:case", "applicants:worklist"

    def get(self, request, reference):
        application = self.load()
        if not self.is_open(application):
            messages.error(request, TransitionRefused.message)
            return redirect(self.case_address, reference)
        record_case_reading(request.actor, application, now=clock.now())
        return self.show(application, self.make_form(application, self.typed_before()))

    def post(self, request, reference):
        application = self.load()
        form = self.make_form(application, request.POST)
        if not form.is_valid():
            return self.show(application, form)
        cleaned = form.cleaned_data
        try:
            hold = hold_case(
                actor=request.actor,
                application_id=application.pk,
                reason_code=cleaned["reason"],
                until=cleaned["until"],
                note=cleaned["note"],
                now=clock.now(),
            )
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                form.add_error(None, sentence)
            return self.show(application, form)
        day = date_format(hold.until)
        messages.success(request, _("已暂缓办理至 %(day)s，第二天自动回到待决定。") % {"day": day})
        return redirect(self.list_address)

    def make_form(self, application: Application, data=None) -> HoldForm:
        today = clock.today()
        return HoldForm(
            data,
            application=application,
            reasons=reasons(ReasonKind.HOLD, on=today),
            note_hint=_("只有协会工作人员能看到，例如：已请考试办公室在 3 月 20 日前答复。"),
            today=today,
            latest=latest_hold_day(application, today=today),
        )

    def is_open(self, application: Application) -> bool:
        return (
            application.state in HOLDING_STATES
            and can_hold(self.request.actor, application)
            and hold_of(application, today=clock.today()) is None
        )

    def show(self, application: Application, form):
        context = {
            "application": application,
            "form": form,
            "door": self.door,
            "case_address": self.case_address,
            "is_open": self.is_open(application),
        }
        return render(self.request, "applicants/office/hold.html", context)


class LiftView(CaseDoor):
    """Take the case up again before its day."""

    case_address = "applicants:case"

    def get(self, request, reference):
        return redirect(self.case_address, self.load().reference)

    def post(self, request, reference):
        application = self.load()
        try:
            lift_hold(actor=request.actor, application_id=application.pk, now=clock.now())
        except PortalError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("已恢复办理，这件申请回到待决定。"))
        return redirect(self.case_address, reference)


class AtRecheck:
    """The same at the national re-check."""

    access = Staff(Permission.RECHECK_APPLICATION)
    door = "recheck"
    case_address, list_address = "applicants:recheck_case", "applicants:recheck"


class RecheckHoldView(AtRecheck, HoldView):
    pass


class RecheckLiftView(AtRecheck, LiftView):
    pass
