"""Seats, for the administrator: who sits where; grant, move, end, and look at all of them each quarter."""

import re
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView

from apps.accounts.enums import Permission
from apps.associations.forms import EndForm, InvitationForm, PlaceForm, SeatFilterForm
from apps.associations.policies import can_grant_seats
from apps.associations.selectors import get_seat, quarter_start, seats_due_for_review, seats_of, seats_to_show
from apps.associations.services import end_seat, invite_officer, move_seat, review_seats
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError

PAGE_SIZE = 50
UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class SeatsView(TemplateView):
    """All seats of one view. In the view "due" each has a box: whoever is still needed is kept, together."""

    access = Staff(Permission.GRANT_SEATS)
    template_name = "associations/office/seats.html"

    def get_context_data(self, **kwargs):
        today = clock.today()
        form = SeatFilterForm(self.request.GET)
        wanted = form.wanted()
        rows = seats_to_show(
            today=today, association_code=wanted["association"], role=wanted["role"], view=wanted["view"]
        )
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form=form,
            page=page,
            is_review=wanted["view"] == "due",
            due_count=seats_due_for_review(today),
            quarter_started_on=quarter_start(today),
            today=today,
            previous_url=page.has_previous() and self._url(page.previous_page_number()),
            next_url=page.has_next() and self._url(page.next_page_number()),
            **kwargs,
        )

    def post(self, request):
        kept = review_seats(actor=request.actor, seat_ids=seat_ids(request.POST.getlist("seat")), now=clock.now())
        if kept:
            words = ngettext("已复核 %(number)d 个席位，保留不变。", "已复核 %(number)d 个席位，保留不变。", len(kept))
            messages.success(request, words % {"number": len(kept)})
        else:
            messages.warning(request, _("没有选择席位，或所选的是您本人的席位：本人的席位由另一位管理员复核。"))
        return redirect(f"{reverse('associations:seats')}?view=due")

    def _url(self, number: int) -> str:
        query = self.request.GET.copy()
        query["page"] = number
        return f"{self.request.path}?{query.urlencode()}"


def seat_ids(texts: list[str]) -> list[UUID]:
    """What a page's boxes carry; anything else is nobody's seat."""
    return [UUID(text) for text in texts if UUID_SHAPE.fullmatch(text)]


class InviteView(FormView):
    """A seat for an address; the account is made where there is none. Then: who is this person?"""

    access = Staff(Permission.GRANT_SEATS)
    template_name = "associations/office/invite.html"
    form_class = InvitationForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": clock.today()}

    def get_initial(self):
        return {"from_on": clock.today()}

    def form_valid(self, form):
        answers = dict(form.cleaned_data)
        try:
            seat = invite_officer(
                actor=self.request.actor,
                association_code=answers.pop("association"),
                language=get_language(),
                now=clock.now(),
                **answers,
            )
        except PortalError as error:
            return self.render_to_response(self.get_context_data(form=refused(form, error)))
        messages.success(self.request, _("席位已授予。首次任职的人会收到邮件，说明怎样登录。"))
        return redirect("associations:seat", seat.pk)


class SeatView(View):
    """One seat, its officer's other seats, and the two ways to change it: to end, or to move."""

    access = Staff(Permission.GRANT_SEATS)

    def get(self, request, seat_id, end_form=None, move_form=None):
        seat = seat_or_404(seat_id)
        today = clock.today()
        context = {
            "seat": seat,
            "seats": seats_of(seat.user_id),
            "today": today,
            "may_change": can_grant_seats(request.actor, to_user_id=seat.user_id) and not is_over(seat, today),
            "end_form": end_form or EndForm(today=today, initial={"last_on": today}, prefix="end"),
            "move_form": move_form or PlaceForm(initial=place_of(seat, today), prefix="move"),
        }
        return render(request, "associations/office/seat.html", context)


class EndView(View):
    access = Staff(Permission.GRANT_SEATS)

    def post(self, request, seat_id):
        seat = seat_or_404(seat_id)
        form = EndForm(request.POST, today=clock.today(), prefix="end")
        if form.is_valid():
            try:
                ended = end_seat(
                    actor=request.actor, seat_id=seat.pk, last_on=form.cleaned_data["last_on"], now=clock.now()
                )
            except PortalError as error:
                refused(form, error)
            else:
                words = _("席位将在%(day)s结束后失效。") % {"day": date_format(ended.to_on, "DATE_FORMAT")}
                messages.success(request, words)
                return redirect("associations:seat", seat.pk)
        return SeatView().get(request, seat_id, end_form=form)


class MoveView(View):
    access = Staff(Permission.GRANT_SEATS)

    def post(self, request, seat_id):
        seat = seat_or_404(seat_id)
        form = PlaceForm(request.POST, prefix="move")
        if form.is_valid():
            answers = dict(form.cleaned_data)
            try:
                moved = move_seat(
                    actor=request.actor,
                    seat_id=seat.pk,
                    association_code=answers.pop("association"),
                    now=clock.now(),
                    **answers,
                )
            except PortalError as error:
                refused(form, error)
            else:
                messages.success(request, _("已调整：原席位到前一天为止，新席位从您填写的那一天开始。"))
                return redirect("associations:seat", moved.pk)
        return SeatView().get(request, seat_id, move_form=form)


def seat_or_404(seat_id):
    if seat := get_seat(seat_id):
        return seat
    raise Http404


def is_over(seat, today) -> bool:
    return seat.to_on is not None and seat.to_on < today


def place_of(seat, today) -> dict:
    return {"role": seat.role, "association": seat.association_id, "from_on": today + timedelta(days=1)}


def refused(form, error: PortalError):
    """The form with the service's sentences on top; what was typed stays."""
    for sentence in getattr(error, "missing", [error.message]):
        form.add_error(None, str(sentence))
    return form
