"""What officers write on a case. Posted from the decision screen, by either office; the screen comes back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.applicants.enums import Office
from apps.applicants.forms.desk import AnswerForm, MessageForm, NoteForm, QuestionForm
from apps.applicants.models import Application, CaseQuestion
from apps.applicants.services.messages import mark_answers_read, message_applicant
from apps.applicants.services.notes import answer_question, ask_office, write_note
from apps.applicants.views.staff.case import CaseDoor, case_context
from apps.core import clock
from apps.core.access import ANY_STAFF
from apps.core.errors import PortalError

ADDRESSES = {"review": "applicants:case", "recheck": "applicants:recheck_case"}


class CaseDesk(CaseDoor):
    """One address for both offices: who is not of them finds nothing here (404)."""

    access = ANY_STAFF

    def get(self, request, reference):
        return self.back(self.load())

    def door_of(self, application: Application) -> str:
        """The screen that the officer came from, or the one that is theirs."""
        if self.request.POST.get("door") == "recheck":
            return "recheck"
        reviews = has_permission(self.request.actor, Permission.REVIEW_APPLICATION, application.association_id)
        return "review" if reviews else "recheck"

    def back(self, application: Application, anchor: str = ""):
        address = redirect(ADDRESSES[self.door_of(application)], application.reference)
        address["Location"] += anchor
        return address


class WritingView(CaseDesk):
    """Parse, call one service, back to the screen; or the screen at once with what was typed and what is wrong."""

    form_class: type
    form_name: str = ""
    """Under which the screen knows the form."""
    anchor = "#writing"

    def post(self, request, reference):
        application = self.load()
        form = self.make_form(application)
        if form.is_valid():
            try:
                self.write(application, form.cleaned_data)
            except PortalError as error:
                for sentence in getattr(error, "missing", None) or [error.message]:
                    form.add_error(None, sentence)
            else:
                messages.success(request, self.success(application))
                return self.back(application, self.anchor)
        context = case_context(request, self.load(), self.door_of(application)) | {"form": form}
        return render(request, "applicants/office/case.html", self.with_form(context, form))

    def make_form(self, application: Application):
        return self.form_class(self.request.POST)

    def with_form(self, context: dict, form) -> dict:
        return context | {self.form_name: form}

    def write(self, application: Application, cleaned: dict) -> None:
        raise NotImplementedError

    def success(self, application: Application) -> str:
        raise NotImplementedError

    def arguments(self, application: Application) -> dict:
        return {"actor": self.request.actor, "application_id": application.pk, "now": clock.now()}


class NoteView(WritingView):
    form_class, form_name = NoteForm, "note_form"

    def write(self, application, cleaned):
        write_note(**self.arguments(application), text=cleaned["text"])

    def success(self, application):
        return _("备注已保存，只有协会工作人员能看到。")


class MessageView(WritingView):
    form_class, form_name = MessageForm, "message_form"

    def write(self, application, cleaned):
        message_applicant(**self.arguments(application), text=cleaned["text"])

    def success(self, application):
        return _("已写到申请人的进度页，并正在发通知。是否送达，见这条消息下面。")


class QuestionView(WritingView):
    """From the office of the screen on which it was written to the other one."""

    form_class, form_name = QuestionForm, "question_form"

    def write(self, application, cleaned):
        asked_of = Office.LOCAL if self.door_of(application) == "recheck" else Office.NATIONAL
        ask_office(**self.arguments(application), asked_of=asked_of, text=cleaned["text"])

    def success(self, application):
        return _("问题已记在这件申请里，对方协会办理时会看到。")


class AnswerView(WritingView):
    """The answer to the question that the form names."""

    def make_form(self, application):
        try:
            self.question = application.questions.get(pk=self.request.POST.get("question"))
        except (CaseQuestion.DoesNotExist, ValidationError) as error:
            raise Http404 from error
        return AnswerForm.to(self.question, self.request.POST)

    def write(self, application, cleaned):
        answer_question(actor=self.request.actor, question_id=self.question.pk, text=cleaned["text"], now=clock.now())

    def with_form(self, context, form):
        for question in context["questions"]:
            if question.pk == self.question.pk:
                question.answer_form = form
        return context

    def success(self, application):
        return _("答复已记在这件申请里，双方都能看到。")


class AnswersReadView(CaseDesk):
    """The office says that it has read what the applicant answered."""

    def post(self, request, reference):
        application = self.load()
        try:
            count = mark_answers_read(actor=request.actor, application_id=application.pk, now=clock.now())
        except PortalError as error:
            messages.error(request, error.message)
        else:
            sentence = ngettext("%(count)s 条答复已标为看过。", "%(count)s 条答复已标为看过。", count)
            messages.success(request, sentence % {"count": count})
        return self.back(application, "#writing")
