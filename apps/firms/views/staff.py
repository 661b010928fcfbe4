"""The office's side: the firms of the own association, and who is the head of each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError
from apps.firms.forms import SeatForm
from apps.firms.selectors import firms_visible_to, seats_of_firm
from apps.firms.services import appoint_head, end_firm_seat

SHOWN = 50


class FirmsView(View):
    """By code, from a code on; or those whose name or code holds what was typed."""

    access = Staff(Permission.APPOINT_FIRM_HEADS)

    def get(self, request):
        typed, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
        firms = firms_visible_to(request.actor).order_by("code")
        if typed:
            firms = firms.filter(code__startswith=typed) if typed.isdigit() else firms.filter(name__icontains=typed)
        rows = list(firms.filter(code__gt=after)[: SHOWN + 1])
        more = len(rows) > SHOWN
        context = {"firms": rows[:SHOWN], "typed": typed, "next_code": rows[SHOWN - 1].code if more else ""}
        return render(request, "firms/office/list.html", context)


class FirmView(View):
    """One firm: what the register has, who acts for it, and the form that appoints its head."""

    access = Staff(Permission.APPOINT_FIRM_HEADS)

    def dispatch(self, request, code):
        self.firm = firms_visible_to(request.actor).filter(code=code).first()
        if self.firm is None:
            raise Http404
        return super().dispatch(request, code)

    def get(self, request, code):
        return self._page(SeatForm())

    def post(self, request, code):
        if seat_id := request.POST.get("end"):
            return self._end(seat_id)
        form = SeatForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            seat = appoint_head(
                actor=request.actor, firm_id=self.firm.pk, language=get_language(), now=clock.now(), **form.cleaned_data
            )
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                form.add_error(None, sentence)
            return self._page(form)
        messages.success(request, _("%(name)s 从今天起是这家事务所的负责人，已发邮件告知。") % {"name": str(seat.user)})
        return redirect("firms:office_firm", code)

    def _end(self, seat_id):
        seat = next((s for s in self._seats() if str(s.pk) == seat_id), None)
        if seat is None:
            raise Http404
        end_firm_seat(actor=self.request.actor, firm_id=self.firm.pk, seat_id=seat.pk, now=clock.now())
        messages.success(self.request, _("今天是这个席位的最后一天。"))
        return redirect("firms:office_firm", self.firm.code)

    def _seats(self):
        return seats_of_firm(self.firm, today=clock.today())

    def _page(self, form):
        return render(self.request, "firms/office/firm.html", {"firm": self.firm, "seats": self._seats(), "form": form})
