"""Screens of an import. `urls.py` makes one set of them for each kind, with that kind's permission."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from apps.core import clock
from apps.core.errors import PortalError, TransitionRefused
from apps.imports.enums import JobState
from apps.imports.forms import UploadForm
from apps.imports.selectors import (
    changing_rows,
    counts_of,
    faulty_rows,
    is_at_work,
    job_of_kind,
    page_of_rows,
    recent_jobs,
)
from apps.imports.services import commit_job, export_faulty_rows, undo_job, upload_table

REFRESH_SECONDS = "5"
ENDED = {JobState.COMMITTED, JobState.FAILED}


class UploadView(FormView):
    """Choose a file; below, what the columns are and what was imported lately."""

    template_name = "imports/upload.html"
    form_class = UploadForm
    handler = None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            handler=self.handler,
            jobs=recent_jobs(self.handler.kind, uploaded_by=_only_own(self.handler, self.request)),
            **kwargs,
        )

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        job = upload_table(
            actor=self.request.actor,
            kind=self.handler.kind,
            content=file.read(),
            filename=file.name,
            language=get_language(),
            now=clock.now(),
        )
        return redirect("imports:job", kind=self.handler.kind, job_id=job.pk)


class JobView(TemplateView):
    """How far it is, what is wrong in which line, and the button that writes."""

    template_name = "imports/job.html"
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
            fault_page=fault_page,
            fault_links=page_links(fault_page, "faults"),
            change_page=change_page,
            change_links=page_links(change_page, "changes"),
            at_work=is_at_work(job),
            may_undo=self.handler.can_undo and job.state in ENDED and counts.to_undo > 0,
            **self.told_besides(job, fault_page),
            **kwargs,
        )

    def told_besides(self, job, fault_page) -> dict:
        """What only this way of importing tells."""
        labels = {column.key: column.label for column in self.handler.columns}
        faults = [
            {"line": row.line, "column": labels.get(problem["column"], ""), "message": problem["message"]}
            for row in fault_page
            for problem in row.problems
        ]
        return {"faults": faults}

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["at_work"]:
            response["Refresh"] = REFRESH_SECONDS
        return response


def page_links(page, key: str) -> dict[str, str]:
    """To the pages before and after, at the heading of their table."""
    return {
        "previous": f"?{key}={page.previous_page_number()}#{key}" if page.has_previous() else "",
        "next": f"?{key}={page.next_page_number()}#{key}" if page.has_next() else "",
    }


class CommitView(View):
    handler = None

    def post(self, request, kind, job_id):
        job = job_or_404(self.handler, job_id, request)
        try:
            commit_job(actor=request.actor, job_id=job.pk, now=clock.now())
        except TransitionRefused:
            messages.info(request, _("这次导入已经开始或结束，没有再导入一次。下面是最新的情况。"))
        except PortalError as error:
            messages.error(request, str(error))
        return redirect("imports:job", kind=kind, job_id=job.pk)


class UndoView(View):
    handler = None

    def post(self, request, kind, job_id):
        job = job_or_404(self.handler, job_id, request)
        try:
            undo_job(actor=request.actor, job_id=job.pk, now=clock.now())
        except TransitionRefused:
            messages.info(request, _("这次导入已经撤回，或没有可以撤回的内容。下面是最新的情况。"))
        except PortalError as error:
            messages.error(request, str(error))
        return redirect("imports:job", kind=kind, job_id=job.pk)


class FaultyRowsView(View):
    """The rows that need mending, as a CSV to mend and upload again."""

    handler = None

    def get(self, request, kind, job_id):
        job = job_or_404(self.handler, job_id, request)
        pieces = export_faulty_rows(actor=request.actor, job=job, now=clock.now())
        return csv_response(pieces, _("%(name)s 有误的行.csv") % {"name": PurePath(job.filename).stem})


def csv_response(pieces, filename: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    response["Cache-Control"] = "private, no-store"
    return response


def _only_own(handler, request) -> int | None:
    return request.actor.user_id if handler.is_own else None


def job_or_404(handler, job_id, request):
    job = job_of_kind(handler.kind, job_id, uploaded_by=_only_own(handler, request))
    if job is None:
        raise Http404
    return job
