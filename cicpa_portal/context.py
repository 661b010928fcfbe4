"""What every page knows: who reads it, how it should look, where to find help."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from apps.associations.selectors import national_body
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


def mail() -> dict:
    """What every mail carries: the portal's address and whom to phone."""
    national = national_body()
    return {
        "portal_url": settings.PUBLIC_URL,
        "contact_phone": national.phone or settings.CONTACT_PHONE,
        "contact_hours": national.hours_label,
    }
