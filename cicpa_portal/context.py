"""What every page knows: who reads it, how it should look, where to find help."""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.utils.functional import SimpleLazyObject

from apps.associations.selectors import contact_for, national_body, public_line
from apps.dashboard.selectors import display_preferences, office_navigation


def page(request):
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "display": display_preferences(request.COOKIES),
        "contact": SimpleLazyObject(_contact),
        "filings": settings.FILINGS,
        "office_navigation": SimpleLazyObject(lambda: office_navigation(actor) if actor else []),
    }


def _contact():
    """The national body's phone, one record for all pages; the configured one while the directory does not answer."""
    try:
        return public_line()
    except (ObjectDoesNotExist, DatabaseError):
        return {"phone": settings.CONTACT_PHONE, "hours": ""}


def mail() -> dict:
    """What every mail carries: the portal's address and whom to phone (settings.MAIL_CONTEXT names this)."""
    contact = contact_for(national_body())
    return {
        "portal_url": settings.PUBLIC_URL,
        "contact_phone": contact.phone or settings.CONTACT_PHONE,
        "contact_hours": contact.hours,
    }
