"""The same screens for an archive: how it is packed, what each file was found to be, the table of results."""

from pathlib import PurePath

from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from apps.core import clock
from apps.imports.forms import ArchiveForm
from apps.imports.selectors import findings_of
from apps.imports.services import export_results, upload_archive
from apps.imports.views.staff import JobView, UploadView, csv_response, job_or_404


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


class ArchiveJobView(JobView):
    """How far it is, how many files are what, the button that writes, and the one that takes back."""

    template_name = "imports/archive_job.html"

    def told_besides(self, job, fault_page) -> dict:
        return {"findings": findings_of(job, self.handler.findings)}


class ResultsView(View):
    """Every file with what became of it and why, as a CSV."""

    handler = None

    def get(self, request, kind, job_id):
        job = job_or_404(self.handler, job_id, request)
        pieces = export_results(actor=request.actor, job=job, now=clock.now())
        return csv_response(pieces, _("%(name)s 结果.csv") % {"name": PurePath(job.filename).stem})
