"""The same screens for an archive: how it is packed, what each file was found to be, the table of results."""

from pathlib import PurePath

from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from apps.core import clock
from apps.imports.forms import ArchiveForm
from apps.imports.selectors import changing_rows, counts_of, faulty_rows, findings_of, is_at_work, page_of_rows
from apps.imports.services import export_results, upload_archive
from apps.imports.views.staff import ENDED, REFRESH_SECONDS, UploadView, csv_response, job_or_404, page_links


class ArchiveView(UploadView):
    """Choose a ZIP; below, how its files must be called and what was imported lately."""

    template_name = "imports/archive_upload.html"
    form_class = ArchiveForm

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        job = upload_archive(
            actor=self.request.actor,
            kind=self.handler.kind,
            stream=file,
            filename=file.name,
            language=get_language(),
            now=clock.now(),
        )
        return redirect("imports:job", kind=self.handler.kind, job_id=job.pk)


class ArchiveJobView(TemplateView):
    """How far it is, how many files are what, the button that writes, and the one that takes back."""

    template_name = "imports/archive_job.html"
    handler = None

    def get_context_data(self, **kwargs):
        job = job_or_404(self.handler, kwargs["job_id"], self.request)
        counts = counts_of(job)
        fault_page = page_of_rows(job, faulty_rows(job), self.request.GET.get("faults", ""))
        change_page = page_of_rows(job, changing_rows(job), self.request.GET.get("changes", ""))
        return super().get_context_data(
            handler=self.handler,
            job=job,
            counts=counts,
            findings=findings_of(job, self.handler.findings),
            fault_page=fault_page,
            fault_links=page_links(fault_page, "faults"),
            change_page=change_page,
            change_links=page_links(change_page, "changes"),
            at_work=is_at_work(job),
            may_undo=self.handler.can_undo and job.state in ENDED and counts.to_undo > 0,
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["at_work"]:
            response["Refresh"] = REFRESH_SECONDS
        return response


class ResultsView(View):
    """Every file with what became of it and why, as a CSV."""

    handler = None

    def get(self, request, kind, job_id):
        job = job_or_404(self.handler, job_id, request)
        pieces = export_results(actor=request.actor, job=job, now=clock.now())
        return csv_response(pieces, _("%(name)s 结果.csv") % {"name": PurePath(job.filename).stem})
