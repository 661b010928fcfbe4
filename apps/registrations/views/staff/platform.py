"""To and from the Ministry's platform: the export, and what both sides say."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.registrations.enums import State
from apps.registrations.forms.office import ExportForm, SinceForm
from apps.registrations.selectors.cases import registrations_at_office
from apps.registrations.selectors.reconciliation import KINDS, reconciliation
from apps.registrations.services.exporting import export_for_platform, export_reconciliation
from apps.registrations.services.reading import record_report_reading
from apps.registrations.services.sheets import CSV, XLSX, as_csv, as_xlsx

SHOWN = 200
"""Findings a page; the file has all."""


class ExportView(View):
    """GET asks for the purpose, POST hands over the file."""

    access = Staff(Permission.REVIEW_REGISTRATION)

    def get(self, request):
        return self._page(request, ExportForm())

    def post(self, request):
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        asked = {name: form.cleaned_data[name] for name in ("purpose", "only_new")}
        rows = export_for_platform(actor=request.actor, now=clock.now(), **asked)
        name = _("执业注册 %(day)s") % {"day": clock.today().isoformat()}
        if form.cleaned_data["format"] == "xlsx":
            return file_answer(as_xlsx(rows), XLSX, f"{name}.xlsx")
        return file_answer(as_csv(rows), CSV, f"{name}.csv")

    def _page(self, request, form):
        waiting = registrations_at_office(request.actor).filter(state=State.ACCEPTED, decides_inside=False)
        context = {"form": form, "all_count": waiting.count(), "new_count": waiting.filter(exported_at=None).count()}
        return render(request, "registrations/office/export.html", context)


class ReconciliationView(View):
    access = Staff(Permission.REVIEW_REGISTRATION)

    def get(self, request):
        since, form = since_of(request)
        findings = reconciliation(request.actor, since=since) if since else []
        record_report_reading(request.actor, findings[:SHOWN], now=clock.now())
        context = {
            "form": form,
            "since": since,
            "findings": findings[:SHOWN],
            "total": len(findings),
            "counts": [(label, sum(f.kind == kind for f in findings)) for kind, label in KINDS.items()],
        }
        return render(request, "registrations/office/reconciliation.html", context)


class ReconciliationFileView(View):
    access = Staff(Permission.REVIEW_REGISTRATION)

    def get(self, request):
        since, _form = since_of(request)
        since = since or clock.today().replace(month=1, day=1)
        findings = reconciliation(request.actor, since=since)
        rows = export_reconciliation(actor=request.actor, findings=findings, since=since, now=clock.now())
        return file_answer(as_csv(rows), CSV, _("核对 %(day)s.csv") % {"day": clock.today().isoformat()})


def since_of(request) -> tuple[date | None, SinceForm]:
    """The day that was asked for; without any, the first of January; None where it is not a day."""
    if "since_year" not in request.GET:
        first = clock.today().replace(month=1, day=1)
        return first, SinceForm(initial={"since": first})
    form = SinceForm(request.GET)
    return (form.cleaned_data["since"] if form.is_valid() else None), form


def file_answer(content: bytes, media_type: str, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    response["Cache-Control"] = "private, no-store"
    return response
