"""The letter of a case, for whoever may see the case."""

from django.http import Http404

from apps.core import clock
from apps.documents.services import file_response
from apps.registrations.models import Registration
from apps.registrations.services.letters import refusal_letter_of


def letter_response(registration: Registration):
    file = refusal_letter_of(registration, now=clock.now())
    if file is None:
        raise Http404
    return file_response(file, f"{registration.reference}.pdf")
