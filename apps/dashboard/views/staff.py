from django.http import Http404
from django.views.generic import TemplateView

from apps.accounts.enums import Role
from apps.associations.selectors import get_association
from apps.core.access import SIGNED_IN
from apps.dashboard.selectors import office_entries


class OfficeView(TemplateView):
    """The home of staff. Whoever has no seat finds nothing here."""

    access = SIGNED_IN
    template_name = "dashboard/office.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.actor.seats:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        actor = self.request.actor
        return super().get_context_data(entries=office_entries(actor), seats=_seats_in_words(actor), **kwargs)


def _seats_in_words(actor) -> list[dict]:
    return [
        {"association": get_association(seat.association_code).label, "role": Role(seat.role).label}
        for seat in actor.seats
    ]
