from django.views.generic import TemplateView

from apps.core.access import SIGNED_IN


class AccountView(TemplateView):
    access = SIGNED_IN
    template_name = "dashboard/account.html"
