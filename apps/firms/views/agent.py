"""The firm's side: the head names agents and ends them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.core import clock
from apps.core.access import Holder
from apps.core.errors import PortalError
from apps.firms.enums import FIRM, FirmRole
from apps.firms.forms import SeatForm
from apps.firms.selectors import firms_of, seat_of_firm, seats_of_firm
from apps.firms.services import end_firm_seat, name_agent


class SeatsView(View):
    """Who acts for the firm. Agents see it, the head changes it."""

    access = Holder(FIRM)

    def get(self, request):
        return self._page(request, SeatForm())

    def post(self, request):
        firm = firms_of(request.actor, FirmRole.HEAD).filter(code=request.POST.get("firm", "")).first()
        if firm is None:
            raise Http404
        if seat_id := request.POST.get("end"):
            return self._end(request, firm, seat_id)
        form = SeatForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, firm)
        try:
            seat = name_agent(
                actor=request.actor, firm_id=firm.pk, language=get_language(), now=clock.now(), **form.cleaned_data
            )
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                form.add_error(None, sentence)
            return self._page(request, form, firm)
        messages.success(request, _("%(name)s 从今天起是经办人，已发邮件告知怎样登录。") % {"name": str(seat.user)})
        return redirect("firms:seats")

    def _end(self, request, firm, seat_id):
        seat = seat_of_firm(firm, seat_id) if len(seat_id) == 36 else None
        if seat is None or seat.role != FirmRole.AGENT:
            raise Http404
        end_firm_seat(actor=request.actor, firm_id=firm.pk, seat_id=seat.pk, now=clock.now())
        messages.success(request, _("今天是 %(name)s 经办的最后一天。") % {"name": str(seat.user)})
        return redirect("firms:seats")

    def _page(self, request, form, typed_for=None):
        headed = set(firms_of(request.actor, FirmRole.HEAD).values_list("code", flat=True))
        firms = [
            {
                "firm": firm,
                "seats": seats_of_firm(firm, today=clock.today()),
                "is_head": firm.code in headed,
                "form": form if typed_for == firm else SeatForm(auto_id=f"id_{firm.code}_%s"),
            }
            for firm in firms_of(request.actor)
        ]
        return render(request, "firms/firm/seats.html", {"firms": firms, "form": form})
