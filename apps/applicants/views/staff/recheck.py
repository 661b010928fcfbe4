from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.forms.office import ConfirmationForm
from apps.applicants.models import Batch
from apps.applicants.policies import can_recheck_application
from apps.applicants.selectors.batches import batch_clock, sent_batches, sent_items
from apps.applicants.selectors.conflicts import mark_conflicts
from apps.applicants.selectors.green import GREEN_PAGE, green_count
from apps.applicants.selectors.holds import mark_holds, resting_at_recheck
from apps.applicants.services.national import confirm_items
from apps.applicants.services.reading import record_list_reading
from apps.applicants.views.staff.case import clock_context
from apps.core import clock
from apps.core.access import Staff
from apps.rules.selectors import working_calendar

SHOWN = 100
RESULTS = "recheck_results"


class RecheckListView(View):
    """Batches that were sent: those that wait first, by their last day, then the latest that are done."""

    access = Staff(Permission.RECHECK_APPLICATION)

    def get(self, request):
        batches, calendar, today = sent_batches(request.actor), working_calendar(), clock.today()
        waiting = batches.filter(waiting_count__gt=0).order_by("decide_by", "id")
        done = batches.filter(waiting_count=0).order_by("-sent_at", "-id")[:SHOWN]
        rows = [(batch, clock_context(batch_clock(batch, calendar), today)) for batch in waiting]
        context = {
            "waiting": rows,
            "done": done,
            "green_count": green_count(request.actor, today=today, most=GREEN_PAGE),
            "held": resting_at_recheck(request.actor, today=today)[:SHOWN],
        }
        return render(request, "applicants/office/recheck_list.html", context)


class RecheckBatchView(View):
    """One batch, item by item: tick what passes and give the document number; return what does not."""

    access = Staff(Permission.RECHECK_APPLICATION)

    def get(self, request, number):
        return self.show(self.load())

    def post(self, request, number):
        batch = self.load()
        form = self.make_form(self.items(batch), request.POST)
        if not form.is_valid():
            return self.show(batch, form)
        results = confirm_items(
            actor=request.actor,
            items=form.chosen(),
            document_number=form.cleaned_data["document_number"],
            now=clock.now(),
        )
        request.session[RESULTS] = [[result.reference, result.succeeded, result.message] for result in results]
        self._say(results)
        return redirect("applicants:recheck_batch", number)

    def load(self) -> Batch:
        try:
            return sent_batches(self.request.actor).get(number=self.kwargs["number"])
        except Batch.DoesNotExist as error:
            raise Http404 from error

    def items(self, batch: Batch):
        """Each knows whether it concerns the officer personally, and whether it rests: asked once for all."""
        items = sent_items(batch)
        applications = [item.application for item in items]
        mark_conflicts(self.request.actor, applications)
        mark_holds(applications, today=clock.today())
        return items

    def make_form(self, items, data=None) -> ConfirmationForm:
        """With `?tick=green` the boxes of all items whose checks are green are ticked: a link, so without scripts."""
        ticked = [item.application for item in items if item.checks_green and self._may(item)]
        return ConfirmationForm(
            data,
            applications=[item.application for item in items],
            ticked=ticked if self.request.GET.get("tick") == "green" else [],
            year=clock.today().year,
        )

    def show(self, batch: Batch, form=None):
        items, today = self.items(batch), clock.today()
        record_list_reading(self.request.actor, [item.application for item in items], now=clock.now())
        form = form or self.make_form(items)
        context = {
            "batch": batch,
            "clock": clock_context(batch_clock(batch, working_calendar()), today),
            "rows": [(item, box if self._may(item) else None) for item, box in zip(items, form["items"], strict=True)],
            "form": form,
            "green_count": sum(item.checks_green and self._may(item) for item in items),
            "results": self.request.session.pop(RESULTS, []),
        }
        return render(self.request, "applicants/office/recheck_batch.html", context)

    def _may(self, item) -> bool:
        rests = item.application.rests_until is not None
        return item.is_waiting and not rests and can_recheck_application(self.request.actor, item.application)

    def _say(self, results) -> None:
        failed = [result for result in results if not result.succeeded]
        passed = len(results) - len(failed)
        if passed:
            sentence = _("复核通过 %(count)s 件，已公告并编号，会员资格今日生效。")
            messages.success(self.request, sentence % {"count": passed})
        if failed:
            messages.error(self.request, _("没有完成 %(count)s 件，原因见下表。") % {"count": len(failed)})
