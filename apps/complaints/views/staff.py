"""The office's list of tips, and one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from apps.accounts.enums import Permission
from apps.complaints.enums import TipState
from apps.complaints.forms import AnswerForm, NoteForm
from apps.complaints.selectors import tips_about, tips_visible_to
from apps.complaints.services import answer_tip, note_on_tip, read_tip
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import NotPermitted, TransitionRefused
from apps.documents.selectors import page_file, pages_in_order
from apps.documents.services import file_response

SHOWN = 100


class TipsView(TemplateView):
    """Those that wait, or those that are done: the newest hundred."""

    access = Staff(Permission.ANSWER_TIPS)
    template_name = "complaints/office/tips.html"

    def get_context_data(self, **kwargs):
        state = TipState.ANSWERED if self.request.GET.get("pile") == TipState.ANSWERED else TipState.OPEN
        tips = tips_visible_to(self.request.actor).filter(state=state)[:SHOWN]
        return super().get_context_data(tips=tips, state=state, states=TipState, **kwargs)


class TipView(View):
    access = Staff(Permission.ANSWER_TIPS)

    def get(self, request, reference, **forms):
        try:
            tip = read_tip(actor=request.actor, reference=reference, now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        context = {
            "tip": tip,
            "notes": tip.notes.select_related("data_key").order_by("written_at"),
            "others": tips_about(tip.code).exclude(pk=tip.pk).order_by("-received_at"),
            "pages": pages_in_order().filter(upload=tip.picture) if tip.picture else (),
            "note_form": NoteForm(),
            "answer_form": AnswerForm(),
        }
        status = 422 if forms else 200
        return render(request, "complaints/office/tip.html", context | forms, status=status)


class NoteView(TipView):
    """Takes the form of the tip's page."""

    def get(self, request, reference, **forms):
        return super().get(request, reference, **forms) if forms else redirect("complaints:office_tip", reference)

    def post(self, request, reference):
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.get(request, reference, note_form=form, form=form)
        try:
            note_on_tip(actor=request.actor, reference=reference, text=form.cleaned_data["text"], now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        messages.success(request, _("备注已保存。"))
        return redirect("complaints:office_tip", reference)


class AnswerView(NoteView):
    def post(self, request, reference):
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.get(request, reference, answer_form=form, form=form)
        try:
            answer_tip(actor=request.actor, reference=reference, answer=form.cleaned_data["answer"], now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        except TransitionRefused:
            messages.warning(request, _("这条线索已经由他人处理，您的操作没有生效。"))
        else:
            messages.success(request, _("已处理。留了邮箱的举报人会收到处理结果。"))
        return redirect("complaints:office_tip", reference)


class PictureView(View):
    """A page of what was sent along, made anew."""

    access = Staff(Permission.ANSWER_TIPS)

    def get(self, request, reference, number):
        tip = tips_visible_to(request.actor).filter(reference=reference).first()
        file = page_file(tip.picture, number) if tip and tip.picture else None
        if file is None:
            raise Http404
        return file_response(file, f"{reference}-{number}.jpg")
