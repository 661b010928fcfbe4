from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.accounts.enums import Permission, Role
from apps.associations.selectors import get_association
from apps.core import clock
from apps.core.access import ANY_STAFF, Staff
from apps.dashboard.selectors import deadline_chart, office_entries
from apps.dashboard.services import retry_delivery
from apps.outbox.selectors import dead_deliveries

DELIVERIES_SHOWN = 100


class OfficeView(TemplateView):
    """The home of staff. Whoever has no seat finds nothing here."""

    access = ANY_STAFF
    template_name = "dashboard/office.html"

    def get_context_data(self, **kwargs):
        actor = self.request.actor
        return super().get_context_data(
            entries=office_entries(actor, today=clock.today()),
            seats=_seats_in_words(actor),
            chart=deadline_chart(actor, today=clock.today()),
            **kwargs,
        )


class DeliveriesView(TemplateView):
    """What was to follow from an event and failed too often: why, and a button to try again once that is mended."""

    access = Staff(Permission.OPERATE)
    template_name = "dashboard/deliveries.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(deliveries=dead_deliveries()[:DELIVERIES_SHOWN], **kwargs)

    def post(self, request):
        try:
            delivery_id = UUID(request.POST.get("delivery", ""))
        except ValueError as error:
            raise Http404 from error
        retry_delivery(actor=request.actor, delivery_id=delivery_id, now=clock.now())
        messages.success(request, _("已重新交给系统办理。几秒钟后刷新本页：办成的不再列出。"))
        return redirect("dashboard:deliveries")


def _seats_in_words(actor) -> list[dict]:
    return [
        {"association": get_association(seat.association_code).label, "role": Role(seat.role).label}
        for seat in actor.seats
    ]
