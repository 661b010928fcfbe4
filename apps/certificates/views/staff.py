"""The office's page of certificates: runs that issue many again, and names that wait for a font."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView

from apps.accounts.enums import Permission
from apps.certificates.enums import RunFailureReason, RunState
from apps.certificates.forms import RunForm
from apps.certificates.selectors import seals_below_their_level, shared_stamps_waiting, stamps_to_renew
from apps.certificates.selectors.names import TASKS_SHOWN, characters_of, open_name_tasks
from apps.certificates.selectors.runs import (
    COUNTED_UP_TO,
    failures_by_reason,
    failures_page,
    get_run,
    progress_by_run,
    progress_of,
    recent_runs,
    target_label,
)
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError, TransitionRefused
from apps.core.keyset import KeysetPage
from apps.people.services import record_reading

REFRESH_SECONDS = "5"


class CertificatesView(View):
    """What waits, what runs, and the form that starts a run."""

    access = Staff(Permission.ISSUE_CERTIFICATES)

    def get(self, request):
        return self._page(request, RunForm(today=clock.today()))

    def post(self, request):
        from apps.certificates.services import start_run  # drawing is loaded by who draws

        form = RunForm(request.POST, today=clock.today())
        if not form.is_valid():
            return self._page(request, form, status=422)
        scope, target = form.cleaned_data["whose"]
        try:
            run = start_run(
                actor=request.actor,
                scope=scope,
                target=target,
                reason=form.cleaned_data["reason"],
                is_told=form.cleaned_data["telling"],
                now=clock.now(),
            )
        except PortalError as error:
            form.add_error("whose", str(error))
            return self._page(request, form, status=422)
        return redirect("certificates:run", run.pk)

    def _page(self, request, form, *, status=200):
        tasks = list(open_name_tasks()[:TASKS_SHOWN])
        people = [task.membership.person_id for task in tasks]
        record_reading(actor=request.actor, person_ids=people, purpose="certificate.names", now=clock.now())
        runs = list(recent_runs())
        progress = progress_by_run(runs)
        context = {
            "form": form,
            "runs": [{"run": run, "progress": progress[run.pk], "target": target_label(run)} for run in runs],
            "stamps": {
                "own": seals_below_their_level(),
                "shared": shared_stamps_waiting(),
                "ending": stamps_to_renew(now=clock.now()),
            },
            "tasks": [{"task": task, "characters": "、".join(characters_of(task))} for task in tasks],
        }
        return render(request, "certificates/office/runs.html", context, status=status)


class RetryNamesView(View):
    access = Staff(Permission.ISSUE_CERTIFICATES)

    def post(self, request):
        from apps.certificates.services import retry_names

        count = retry_names(actor=request.actor, now=clock.now())
        messages.success(
            request,
            ngettext("已重新制作 %(count)s 份。", "已重新制作 %(count)s 份。", count) % {"count": count}
            + _("几秒钟后刷新本页：做成的不再列出。"),
        )
        return redirect("certificates:office")


class RunView(TemplateView):
    """How far a run is, what failed and why; buttons to stop it, go on, try again."""

    access = Staff(Permission.ISSUE_CERTIFICATES)
    template_name = "certificates/office/run.html"

    def get_context_data(self, **kwargs):
        run = run_or_404(kwargs["run_id"])
        asked = self.request.GET
        page = failures_page(run, after=asked.get("after", ""), before=asked.get("before", ""))
        reasons = [(RunFailureReason(reason).label, count) for reason, count in failures_by_reason(run)]
        return super().get_context_data(
            run=run,
            target=target_label(run),
            progress=progress_of(run),
            reasons=reasons,
            failures=page.rows,
            **pager_of(page),
            counted_up_to=COUNTED_UP_TO,
            at_work=run.state == RunState.RUNNING,
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["at_work"]:
            response["Refresh"] = REFRESH_SECONDS
        return response

    def post(self, request, run_id):
        from apps.certificates.services import retry_failures, stop_run

        run = run_or_404(run_id)
        act = stop_run if "stop" in request.POST else retry_failures
        try:
            act(actor=request.actor, run_id=run.pk, now=clock.now())
        except TransitionRefused:
            messages.info(request, _("这一批已经结束，没有再改变。下面是最新的情况。"))
        return redirect("certificates:run", run.pk)


def run_or_404(run_id):
    run = get_run(run_id)
    if run is None:
        raise Http404
    return run


def pager_of(page: KeysetPage) -> dict:
    """For components/pager.html."""
    cursors = {"next_url": ("after", page.next_cursor), "previous_url": ("before", page.previous_cursor)}
    return {name: f"?{urlencode([cursor])}" if cursor[1] else "" for name, cursor in cursors.items()}
