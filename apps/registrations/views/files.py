"""The files of a case, for whoever may see the case: what the door's `load()` lets through."""

from django.http import Http404

from apps.core import clock
from apps.documents.services import file_response
from apps.registrations.services.letters import refusal_letter_of


class PhotoAnswer:
    def get(self, request, reference):
        registration = self.load()
        if registration.photo is None:
            raise Http404
        return file_response(registration.photo, f"{registration.reference}.jpg", inline=True)


class LetterAnswer:
    """The notice of a refusal as a PDF in two languages."""

    def get(self, request, reference):
        registration = self.load()
        file = refusal_letter_of(registration, now=clock.now())
        if file is None:
            raise Http404
        return file_response(file, f"{registration.reference}.pdf")
