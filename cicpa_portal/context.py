"""What every page knows: who reads it, how it should look, where to find help."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from apps.dashboard.selectors import display_preferences


def page(request):
    return {
        "actor": getattr(request, "actor", None),
        "display": display_preferences(request.COOKIES),
        "contact": SimpleLazyObject(_contact),
        "filings": settings.FILINGS,
    }


def _contact() -> dict:
    return {"phone": settings.CONTACT_PHONE, "hours": ""}
