"""One class an act. A POST does it once, and says so when somebody was first; what was typed is never lost."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.errors import PortalError, TransitionRefused
from apps.letters.enums import Action
from apps.letters.forms.office import LetterForm, RefusalForm, WhyForm
from apps.letters.models import Letter
from apps.letters.policies import OFFICE_ACTIONS, actions_open_to
from apps.letters.services import (
    approve_letter,
    disagree_with_proposal,
    propose_letter,
    propose_refusal,
    refuse_letter,
)
from apps.letters.services.reading import record_letter_reading
from apps.letters.views.staff.case import LetterDoor, letter_context
from apps.rules.selectors import reasons


class ActView(LetterDoor):
    """Load, build the form, call one service, back to the letter; or show everything again with the reason."""

    template_name = "letters/office/letter.html"

    def get(self, request, reference):
        return redirect("letters:office_letter", self.load().reference)

    def post(self, request, reference):
        letter = self.load()
        form = self.make_form(letter, request.POST)
        if not form.is_valid():
            return self.show(letter, form)
        try:
            done = self.act(form, **self.given(letter, form))
        except PortalError as error:
            return self.show_refused(form, error)
        messages.success(request, self.success(done))
        return redirect("letters:office_letter", reference)

    def make_form(self, letter: Letter, data=None):
        return LetterForm(data, letter=letter)

    def act(self, form, **given) -> Letter:
        raise NotImplementedError

    def success(self, letter: Letter) -> str:
        raise NotImplementedError

    def given(self, letter: Letter, form) -> dict:
        version = form.cleaned_data["version"]
        return {"actor": self.request.actor, "letter_id": letter.pk, "version": version, "now": clock.now()}

    def show_refused(self, form, error: PortalError):
        """The letter is shown as it is now, and a second press is about what is shown."""
        letter = self.load()
        for sentence in getattr(error, "missing", None) or [error.message]:
            form.add_error(None, sentence)
        form.data = form.data.copy()
        form.data["version"] = letter.version
        return self.show(letter, form)

    def show(self, letter: Letter, form):
        return render(self.request, self.template_name, letter_context(self.request, letter) | {"form": form})


class ProposeView(ActView):
    def act(self, form, **given):
        return propose_letter(**given)

    def success(self, letter):
        return _("已提出意见：%(outcome)s。由另一位工作人员批准后出具。") % {"outcome": letter.get_outcome_display()}


class ApproveView(ActView):
    def act(self, form, **given):
        return approve_letter(**given)

    def success(self, letter):
        return _("已批准。系统正在制作并盖章，通常只需几秒钟；完成后会通知会员。")


class RefuseView(ActView):
    def act(self, form, **given):
        return refuse_letter(**given)

    def success(self, letter):
        return _("已决定不予出具，会员会收到理由。")


class PageView(ActView):
    """An act with a page of its own."""

    action: Action

    def get(self, request, reference):
        letter = self.load()
        if self.action not in actions_open_to(request.actor, letter, OFFICE_ACTIONS):
            messages.error(request, str(TransitionRefused.message))
            return redirect("letters:office_letter", reference)
        record_letter_reading(request.actor, [letter], case=letter.reference, now=clock.now())
        return self.show(letter, self.make_form(letter))


class DisagreeView(PageView):
    action = Action.DISAGREE
    template_name = "letters/office/disagree.html"

    def make_form(self, letter, data=None):
        return WhyForm(data, letter=letter)

    def act(self, form, **given):
        return disagree_with_proposal(**given, why=form.cleaned_data["why"])

    def success(self, letter):
        return _("已退回经办人重新核对，期限照常计算。")


class ProposeRefusalView(PageView):
    action = Action.PROPOSE
    template_name = "letters/office/refuse.html"

    def make_form(self, letter, data=None):
        return RefusalForm(data, letter=letter, reasons=reasons("letter", on=clock.today()))

    def act(self, form, **given):
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        return propose_refusal(**given, reason_code=reason, note=note)

    def success(self, letter):
        return _("已提出不予出具的意见，由另一位工作人员决定；在那以前会员不会收到通知。")
