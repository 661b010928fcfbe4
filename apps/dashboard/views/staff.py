from django.http import Http404
from django.views.generic import TemplateView

from apps.core.access import SIGNED_IN


class OfficeView(TemplateView):
    """The home of staff. Whoever has no seat finds nothing here."""

    access = SIGNED_IN
    template_name = "dashboard/office.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.actor.seats:
            raise Http404
        return super().dispatch(request, *args, **kwargs)
