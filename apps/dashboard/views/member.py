from django.views.generic import TemplateView

from apps.core import clock
from apps.core.access import SIGNED_IN
from apps.dashboard.selectors.member import own_pages


class AccountView(TemplateView):
    """My membership. Staff without one are led to the office by the page's head."""

    access = SIGNED_IN
    template_name = "dashboard/account.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(pages=own_pages(self.request.actor.user_id, now=clock.now()), **kwargs)
