"""The pages for a fault of ours and for maintenance. They ask no database, since that may be what failed."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from apps.core.access import PUBLIC
from apps.dashboard.selectors import display_preferences


def server_error(request):
    return HttpResponseServerError(render_to_string("500.html", page_without_database(request)))


server_error.access = PUBLIC


def maintenance(request, *, until: datetime | None = None):
    """`until`: when the portal is expected back, where somebody has said so."""
    return HttpResponse(render_to_string("503.html", {**page_without_database(request), "until": until}), status=503)


maintenance.access = PUBLIC


def page_without_database(request) -> dict:
    return {
        "display": display_preferences(request.COOKIES),
        "contact": {"phone": settings.CONTACT_PHONE, "hours": ""},
        "filings": settings.FILINGS,
    }
