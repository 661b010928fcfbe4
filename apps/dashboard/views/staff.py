from django.views.generic import TemplateView

from apps.accounts.enums import Role
from apps.associations.selectors import get_association
from apps.core.access import ANY_STAFF
from apps.dashboard.selectors import office_entries


class OfficeView(TemplateView):
    """The home of staff. Whoever has no seat finds nothing here."""

    access = ANY_STAFF
    template_name = "dashboard/office.html"

    def get_context_data(self, **kwargs):
        actor = self.request.actor
        return super().get_context_data(entries=office_entries(actor), seats=_seats_in_words(actor), **kwargs)


def _seats_in_words(actor) -> list[dict]:
    return [
        {"association": get_association(seat.association_code).label, "role": Role(seat.role).label}
        for seat in actor.seats
    ]
