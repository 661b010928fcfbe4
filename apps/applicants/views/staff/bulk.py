"""Several cases at once: first what it would do, with names; then once, one transaction a case; then each result."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.forms.office import DocumentNumberForm
from apps.applicants.forms.worklist import read_items
from apps.applicants.selectors.bulk import preview_of_agreement, preview_of_confirmation
from apps.applicants.selectors.green import GREEN_PAGE, green_count, green_page
from apps.applicants.services.bulk import agree_items
from apps.applicants.services.national import confirm_items
from apps.applicants.services.reading import record_list_reading
from apps.applicants.views.staff.desk import last_list
from apps.core import clock
from apps.core.access import Staff


class BulkDoor(View):
    """A POST shows the preview; with `sure` it acts, and a redirect shows what became of each item."""

    results: str

    def post(self, request):
        lines = self.preview(read_items(request.POST.getlist("items")))
        if not lines:
            messages.info(request, _("还没有勾选申请。请在列表里勾选，再试一次。"))
            return redirect(self.list_url())
        record_list_reading(request.actor, [line.application for line in lines], now=clock.now())
        if not self.is_sure(request):
            return self.show(lines)
        passing = [line.application for line in lines if self.is_tried(line)]
        request.session[self.results] = [
            [result.reference, result.succeeded, result.message] for result in self.act(passing, dict(self.typed()))
        ]
        return redirect(self.done_url())

    def typed(self) -> list[tuple[str, int]]:
        return read_items(self.request.POST.getlist("items"))

    def is_sure(self, request) -> bool:
        return request.POST.get("sure") == "yes"

    def is_tried(self, line) -> bool:
        """Once sure, every item is tried: whatever has changed since the preview answers for itself."""
        return True

    def items(self, applications, versions: dict) -> list[tuple]:
        return [(case.pk, versions[case.reference]) for case in applications]

    def show(self, lines, **more):
        context = {
            "passing": [line for line in lines if not line.hindrance],
            "left_out": [line for line in lines if line.hindrance],
            "list_url": self.list_url(),
            **more,
        }
        return render(self.request, self.template_name, context)


class BulkAgreeView(BulkDoor):
    access = Staff(Permission.REVIEW_APPLICATION)
    template_name = "applicants/office/bulk_agree.html"
    results = "bulk_results"

    def get(self, request):
        """What became of the last round; without one, the list."""
        results = request.session.get(self.results)
        if not results:
            return redirect(self.list_url())
        return render(request, "applicants/office/bulk_results.html", {"results": results, "list_url": self.list_url()})

    def preview(self, items):
        return preview_of_agreement(self.request.actor, items, now=clock.now())

    def act(self, applications, versions):
        return agree_items(actor=self.request.actor, items=self.items(applications, versions), now=clock.now())

    def list_url(self) -> str:
        return last_list(self.request)

    def done_url(self) -> str:
        return reverse("applicants:bulk")


class GreenView(BulkDoor):
    """Clean cases of every association: tick, one document number, preview, done. What is not green is not here."""

    access = Staff(Permission.RECHECK_APPLICATION)
    template_name = "applicants/office/green_preview.html"
    results = "green_results"

    def get(self, request):
        page, now = green_page(request.actor, today=clock.today(), after=request.GET.get("after", "")), clock.now()
        record_list_reading(request.actor, page.rows, now=now)
        context = {
            "rows": page.rows,
            "count": green_count(request.actor, today=clock.today(), most=GREEN_PAGE * 10),
            "tick_all": request.GET.get("tick") == "all",
            "form": DocumentNumberForm(year=clock.today().year),
            "results": request.session.pop(self.results, []),
            "next_url": f"?after={page.next_cursor}" if page.next_cursor else "",
        }
        return render(request, "applicants/office/green.html", context)

    def is_sure(self, request) -> bool:
        return super().is_sure(request) and self.number_form().is_valid()

    def number_form(self) -> DocumentNumberForm:
        return DocumentNumberForm(self.request.POST, year=clock.today().year)

    def show(self, lines, **more):
        form = self.number_form()
        number = form.cleaned_data["document_number"] if form.is_valid() else ""
        return super().show(lines, form=form, number=number, **more)

    def preview(self, items):
        return preview_of_confirmation(self.request.actor, items)

    def act(self, applications, versions):
        form = self.number_form()
        form.is_valid()
        return confirm_items(
            actor=self.request.actor,
            items=self.items(applications, versions),
            document_number=form.cleaned_data["document_number"],
            now=clock.now(),
            only_clean=True,
        )

    def list_url(self) -> str:
        return reverse("applicants:green")

    done_url = list_url
