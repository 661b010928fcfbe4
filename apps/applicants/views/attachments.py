"""Papers: sent one by one, each checked by a worker within seconds, seen and taken back by the applicant."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.applicants.enums import State
from apps.applicants.forms.attachments import AttachmentForm
from apps.applicants.selectors.attachments import asked_papers, get_attachment
from apps.applicants.services.attachments import add_attachment, remove_attachment
from apps.applicants.views.applicant import DraftView
from apps.applicants.views.own_case import OwnCaseView
from apps.core import clock
from apps.core.errors import PortalError
from apps.documents.enums import UploadState
from apps.documents.selectors import page_file
from apps.documents.services import file_response


class AttachmentsPage:
    """What both pages share: a draft's, and that of a case that waits for the applicant."""

    template_name = "applicants/apply/attachments.html"

    def show(self, request, application, refused: AttachmentForm | None = None):
        papers = asked_papers(application, today=clock.today())
        kind = refused.data.get("kind") if refused else ""
        sections = [
            {"paper": paper, "form": refused if paper.kind == kind else AttachmentForm(kind=paper.kind)}
            for paper in papers
        ]
        for section in sections:
            section["rows"] = paper_rows(section["paper"].attachments, partial(self.page_url, application))
        states = [attachment.upload.state for paper in papers for attachment in paper.attachments]
        context = {
            "application": application,
            "sections": sections,
            "form": refused,
            "is_waiting": UploadState.WAITING in states,
            "is_draft": application.state == State.DRAFT,
            "onward_url": self.onward_url(application),
        }
        return render(request, self.template_name, context)

    def take(self, request, application):
        """One press: remove the named one, or take the chosen file in."""
        if attachment_id := request.POST.get("remove"):
            return self._remove(request, application, attachment_id)
        form = AttachmentForm(request.POST, request.FILES, kind=request.POST.get("kind", ""))
        if form.is_valid():
            try:
                add_attachment(
                    actor=request.actor,
                    application_id=application.pk,
                    kind=form.cleaned_data["kind"],
                    upload=form.cleaned_data["file"],
                    now=clock.now(),
                )
            except PortalError as error:
                for sentence in getattr(error, "missing", [error.message]):
                    form.add_error("file", str(sentence))
            else:
                messages.success(request, _("文件已收到，正在检查，一般几秒钟。"))
                return redirect(request.path)
        return self.show(request, application, refused=form)

    def _remove(self, request, application, attachment_id: str):
        attachment = one_of(application, attachment_id)
        try:
            remove_attachment(
                actor=request.actor, application_id=application.pk, attachment_id=attachment.pk, now=clock.now()
            )
        except PortalError as error:
            messages.error(request, getattr(error, "missing", [error.message])[0])
        else:
            messages.success(request, _("文件已移除。"))
        return redirect(request.path)


def paper_rows(attachments, page_url: Callable) -> list[dict]:
    """Each paper with the addresses of its pages: `page_url(attachment, number)`."""
    return [
        {
            "attachment": attachment,
            "pages": [page_url(attachment, page.number) for page in attachment.upload.pages.all()],
        }
        for attachment in attachments
    ]


def one_of(application, attachment_id):
    """The attachment of this application, or 404, also for what is no id at all."""
    try:
        attachment = get_attachment(application, attachment_id)
    except ValidationError:
        attachment = None
    if attachment is None:
        raise Http404
    return attachment


def page_response(application, attachment_id, number: int):
    """A page as a picture, in place; 404 before it was checked."""
    file = page_file(one_of(application, attachment_id).upload, number)
    if file is None:
        raise Http404
    return file_response(file, f"{number}.jpg", inline=True)


class DraftAttachmentsView(AttachmentsPage, DraftView):
    def get(self, request):
        return self.show(request, self.draft)

    def post(self, request):
        return self.take(request, self.draft)

    def onward_url(self, draft) -> str:
        return reverse("applicants:tasks")

    def page_url(self, draft, attachment, number: int) -> str:
        return reverse("applicants:attachment_page", args=[attachment.pk, number])


class DraftAttachmentPageView(DraftView):
    def get(self, request, attachment_id, number):
        return page_response(self.draft, attachment_id, number)


class CaseAttachmentsView(AttachmentsPage, OwnCaseView):
    """While a correction waits for its answer."""

    def get(self, request, reference):
        return self.show(request, self.application) if self._is_open() else self.to_case()

    def post(self, request, reference):
        return self.take(request, self.application) if self._is_open() else self.to_case()

    def _is_open(self) -> bool:
        return self.application.state == State.CORRECTION_REQUESTED

    def onward_url(self, application) -> str:
        return reverse("applicants:answer", args=[application.reference])

    def page_url(self, application, attachment, number: int) -> str:
        return reverse("applicants:progress_attachment_page", args=[application.reference, attachment.pk, number])


class CaseAttachmentPageView(OwnCaseView):
    def dispatch(self, request, reference, attachment_id, number):
        self.wanted = attachment_id, number
        return super().dispatch(request, reference)

    def get(self, request, reference):
        return page_response(self.application, *self.wanted)
