from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.enums import BatchState, Field
from apps.applicants.forms.office import SendingForm
from apps.applicants.models import Batch
from apps.applicants.policies import can_send_batch
from apps.applicants.selectors.answers import shown_answer
from apps.applicants.selectors.batches import agreed_cases, batches_of_own_association, count_of_returnable, sent_items
from apps.applicants.services.batches import contents_mark, send_batch
from apps.applicants.services.reading import record_list_reading
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError

SHOWN = 100


class BatchesView(View):
    """Open and sent batches of the own association, the newest first."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        batches = batches_of_own_association(request.actor).order_by("-opened_at", "-id")[:SHOWN]
        return render(request, "applicants/office/batches.html", {"batches": batches})


class BatchDoor(View):
    access = Staff(Permission.REVIEW_APPLICATION)

    def load(self) -> Batch:
        try:
            return batches_of_own_association(self.request.actor).get(number=self.kwargs["number"])
        except Batch.DoesNotExist as error:
            raise Http404 from error


class BatchView(BatchDoor):
    """What a batch holds; an open one can be sent, which starts the national body's 10 working days."""

    def get(self, request, number):
        batch = self.load()
        return self.show(batch)

    def post(self, request, number):
        batch = self.load()
        form = SendingForm(request.POST)
        try:
            if form.is_valid():
                sent = send_batch(
                    actor=request.actor, batch_id=batch.pk, now=clock.now(), seen=form.cleaned_data["seen"]
                )
                messages.success(request, _("汇总表 %(number)s 已报送中注协。") % {"number": sent.number})
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                messages.error(request, sentence)
        return redirect("applicants:batch", number)

    def show(self, batch: Batch):
        is_open = batch.state == BatchState.OPEN
        now = clock.now()
        cases = agreed_cases(batch, at=now) if is_open else []
        items = [] if is_open else sent_items(batch)
        shown = cases or [item.application for item in items]
        record_list_reading(self.request.actor, shown, now=now)
        context = {
            "batch": batch,
            "cases": cases,
            "items": items,
            "seen": contents_mark(cases, at=now),
            "returnable": count_of_returnable(batch, at=now) if is_open else 0,
            "can_send": is_open and bool(cases) and can_send_batch(self.request.actor, batch),
        }
        return render(self.request, "applicants/office/batch.html", context)


class SheetView(BatchDoor):
    """汇总表 for the printer (登记办法, annex 2)."""

    def get(self, request, number):
        batch = self.load()
        applications = (
            agreed_cases(batch, at=clock.now())
            if batch.state == BatchState.OPEN
            else [item.application for item in sent_items(batch)]
        )
        record_list_reading(request.actor, applications, now=clock.now())
        return render(request, "applicants/office/sheet.html", {"batch": batch, "rows": sheet_rows(applications)})


def sheet_rows(applications) -> list[dict]:
    shown = (Field.NAME, Field.SEX, Field.CERTIFICATE_NUMBER, Field.CERTIFICATE_ON, Field.EMPLOYER)
    return [
        {
            "reference": application.reference,
            "agreed_at": application.local_decided_at,
            **{field.value: shown_answer(application, field) for field in shown},
        }
        for application in applications
    ]
