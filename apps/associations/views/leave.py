"""One's own leave and its cover."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.associations.forms import LeaveForm
from apps.associations.selectors import colleagues_at, leaves_covered_by, leaves_of
from apps.associations.services import cancel_leave, record_leave
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import RequirementsMissing


class LeaveView(View):
    """When one is away and who covers; and whom one covers oneself."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        return self.show(self.make_form())

    def post(self, request):
        if typed := request.POST.get("cancel"):
            return self._cancel(request, typed)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form)
        data = form.cleaned_data
        days = {"from_on": data["from_on"], "to_on": data["to_on"]}
        try:
            leave = record_leave(actor=request.actor, cover_id=int(data["cover"]), **days, now=clock.now())
        except RequirementsMissing as error:
            for sentence in error.missing:
                form.add_error(None, sentence)
            return self.show(form)
        messages.success(request, _("已登记休假，由%(cover)s代办。") % {"cover": leave.cover})
        return redirect("associations:leave")

    def make_form(self, data=None) -> LeaveForm:
        codes = association_scope(self.request.actor, Permission.REVIEW_APPLICATION)
        colleagues = colleagues_at(codes, on=clock.today())
        others = [colleague for colleague in colleagues if colleague.user_id != self.request.actor.user_id]
        return LeaveForm(data, colleagues=others)

    def show(self, form: LeaveForm):
        today, user_id = clock.today(), self.request.actor.user_id
        context = {
            "form": form,
            "leaves": leaves_of(user_id, since=today),
            "covered": leaves_covered_by(user_id, since=today),
        }
        return render(self.request, "associations/office/leave.html", context)

    def _cancel(self, request, typed: str):
        try:
            leave_id = UUID(typed)
        except ValueError as error:
            raise Http404 from error
        cancel_leave(actor=request.actor, leave_id=leave_id, now=clock.now())
        messages.success(request, _("已取消这次休假。"))
        return redirect("associations:leave")
