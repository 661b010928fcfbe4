"""Appeals before the national body: the list, one appeal with the case it is about, the decision."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.enums import AppealState, Field
from apps.applicants.forms.appeals import AppealDecisionForm
from apps.applicants.models import Appeal
from apps.applicants.policies import can_decide_appeal
from apps.applicants.selectors.answers import answer_rows
from apps.applicants.selectors.appeals import appeals_visible_to, decided_appeals, waiting_appeals
from apps.applicants.selectors.case import corrections, history
from apps.applicants.services.appeals import decide_appeal
from apps.applicants.services.letters import refusal_letter_of
from apps.applicants.services.reading import record_case_reading, record_list_reading
from apps.applicants.views.staff.case import CaseDoor
from apps.applicants.views.staff.pager import page_asked_for, pager_of
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError
from apps.core.kept_typing import KeepsTyped
from apps.documents.services import file_response
from apps.rules.selectors import get_reason

DECIDED = "decided_"


class AppealsView(View):
    access = Staff(Permission.DECIDE_APPEAL)

    def get(self, request):
        waiting = page_asked_for(request, waiting_appeals(request.actor), "decide_by", kind=date)
        decided = page_asked_for(request, decided_appeals(request.actor), "-decided_at", name=DECIDED)
        read = [appeal.application for appeal in (*waiting.rows, *decided.rows)]
        record_list_reading(request.actor, read, now=clock.now())
        context = {
            "waiting": _rows(waiting.rows),
            "decided": _rows(decided.rows),
            "decided_pager": pager_of(decided, name=DECIDED),
            "decided_is_asked_for": any(key.startswith(DECIDED) for key in request.GET),
            "today": clock.today(),
        }
        context |= pager_of(waiting)
        return render(request, "applicants/office/appeals.html", context)


def _rows(appeals: list[Appeal]) -> list[dict]:
    return [{"appeal": appeal, "name": appeal.application.answers.get(Field.NAME, "")} for appeal in appeals]


class AppealView(KeepsTyped, View):
    """The grounds beside the decision they are against; who had part in the case reads and does not decide."""

    access = Staff(Permission.DECIDE_APPEAL)

    def load(self, reference: str) -> Appeal:
        rows = appeals_visible_to(self.request.actor).filter(application__reference=reference)
        appeal = rows.order_by("-filed_at").first()
        if appeal is None:
            raise Http404
        return appeal

    def get(self, request, reference):
        appeal = self.load(reference)
        record_case_reading(request.actor, appeal.application, now=clock.now())
        return self.show(appeal, AppealDecisionForm(self.typed_before(), application=appeal.application))

    def post(self, request, reference):
        appeal = self.load(reference)
        form = AppealDecisionForm(request.POST, application=appeal.application)
        if not form.is_valid():
            return self.show(appeal, form)
        try:
            given = {name: form.cleaned_data[name] for name in ("version", "action", "answer")}
            decide_appeal(actor=request.actor, appeal_id=appeal.pk, now=clock.now(), **given)
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [str(error)]:
                form.add_error(None, sentence)
            return self.show(self.load(reference), form)
        messages.success(request, _("已决定 %(reference)s 的申诉，申请人会收到决定书。") % {"reference": reference})
        return redirect("applicants:appeals")

    def show(self, appeal: Appeal, form):
        application = appeal.application
        may = appeal.state == AppealState.FILED and can_decide_appeal(self.request.actor, application)
        context = {
            "appeal": appeal,
            "application": application,
            "form": form if may else None,
            "had_part": appeal.state == AppealState.FILED and not may,
            "reason": get_reason(appeal.reason_code) if appeal.reason_code else None,
            "answers": answer_rows(application),
            "history": history(application),
            "corrections": corrections(application),
        }
        return render(self.request, "applicants/office/appeal.html", context)


class LetterView(CaseDoor):
    """The refusal as it was sent, for the association."""

    def get(self, request, reference):
        letter = refusal_letter_of(self.load(), now=clock.now())
        if letter is None:
            raise Http404
        return file_response(letter.file, f"{reference}-decision.pdf", inline=True)
