"""The page for a fault of ours. It asks no database, since that may be what failed."""

from django.conf import settings
from django.http import HttpResponseServerError
from django.template.loader import render_to_string

from apps.core.access import PUBLIC
from apps.dashboard.selectors import display_preferences


def server_error(request):
    context = {
        "display": display_preferences(request.COOKIES),
        "contact": {"phone": settings.CONTACT_PHONE, "hours": ""},
        "filings": settings.FILINGS,
    }
    return HttpResponseServerError(render_to_string("500.html", context))


server_error.access = PUBLIC
