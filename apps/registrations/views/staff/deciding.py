"""Deciding inside the portal: proposal, second look, refusal, more time."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import TransitionRefused
from apps.core.kept_typing import KeepsTyped
from apps.registrations.enums import Action
from apps.registrations.forms.office import AcceptForm, ApproveForm, PlainForm, RefuseForm, WhyForm
from apps.registrations.policies import OFFICE_ACTIONS, actions_open_to, can_ask_for_extension
from apps.registrations.selectors.checklist import checklist
from apps.registrations.services import deciding
from apps.registrations.services.reading import record_case_reading
from apps.registrations.views.staff.acts import ActView
from apps.rules.selectors import reasons, rule_words


class ProposeView(ActView):
    action = Action.PROPOSE
    form_name = "proposal"

    def make_form(self, registration, data=None):
        return AcceptForm(data, registration=registration, lines=checklist(registration, today=clock.today()))

    def act(self, form, **given):
        return deciding.propose_registration(**given, confirmed=form.confirmed())

    def success(self, registration):
        return _("已提出准予注册的意见，由本协会另一位工作人员复核后生效。")


class ApproveView(ActView):
    action = Action.APPROVE
    form_name = "approval"

    def make_form(self, registration, data=None):
        return ApproveForm(data, registration=registration)

    def act(self, form, **given):
        return deciding.approve_registration(**given, document_number=form.cleaned_data["document_number"])

    def success(self, registration):
        words = {"number": registration.membership.number, "limit": limit_words("practising.filing_days", registration)}
        return _("已准予注册，证书编号 %(number)s。请在 %(limit)s内备案。") % words


class PageView(KeepsTyped, ActView):
    """An act with a page of its own."""

    def get(self, request, reference):
        registration = self.load()
        if not self.is_open(registration):
            messages.error(request, str(TransitionRefused.message))
            return redirect("registrations:office_case", reference)
        record_case_reading(request.actor, registration, now=clock.now())
        return self.show(registration, self.make_form(registration, self.typed_before()))

    def is_open(self, registration) -> bool:
        return self.action in actions_open_to(self.request.actor, registration, OFFICE_ACTIONS)


class DisagreeView(PageView):
    action = Action.DISAGREE
    template_name = "registrations/office/disagree.html"

    def make_form(self, registration, data=None):
        hint = _("经办人会看到，例如：审计工作经历的起止日期前后不一致。")
        return WhyForm(data, registration=registration, hint=hint)

    def act(self, form, **given):
        return deciding.disagree_with_proposal(**given, reason=form.cleaned_data["reason"])

    def success(self, registration):
        return _("已退回经办人重新审查，期限照常计算。")


class RefuseView(PageView):
    action = Action.REFUSE
    template_name = "registrations/office/refuse.html"

    def make_form(self, registration, data=None):
        return RefuseForm(data, registration=registration, reasons=reasons("practising", on=clock.today()))

    def act(self, form, **given):
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        return deciding.refuse_registration(**given, reason_code=reason, note=note)

    def success(self, registration):
        return _("已决定不予注册，事务所和申请人会收到理由、依据和救济途径。")


class ExtensionView(PageView):
    template_name = "registrations/office/extension.html"

    def is_open(self, registration) -> bool:
        return registration.may_be_extended and can_ask_for_extension(self.request.actor, registration)

    def make_form(self, registration, data=None):
        hint = _("会告知申请人，例如：需向原工作单位核实审计经历。")
        return WhyForm(data, registration=registration, hint=hint)

    def act(self, form, **given):
        return deciding.ask_for_extension(**given, reason=form.cleaned_data["reason"])

    def success(self, registration):
        return _("已报协会负责人批准。批准以前，原期限不变。")


class ExtendView(ActView):
    """The association's head gives ten more working days."""

    access = Staff(Permission.EXTEND_REGISTRATION)
    form_name = "extension"

    def make_form(self, registration, data=None):
        return PlainForm(data, registration=registration)

    def act(self, form, **given):
        return deciding.extend_registration(**given)

    def success(self, registration):
        more = limit_words("practising.extension_days", registration)
        return _("已批准延长 %(more)s，理由已告知事务所和申请人。") % {"more": more}


def limit_words(key: str, registration) -> str:
    return rule_words(key, on=clock.today(), association_code=registration.association_id)
