"""What an officer settles about the evidence before deciding: the line of the roll, and who the applicant is."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.applicants.models import PossiblePerson
from apps.applicants.services.likeness import answer_possible_person
from apps.applicants.services.roll_choice import choose_roll_entry
from apps.applicants.views.carried import posted_version
from apps.applicants.views.staff.case import CaseDoor
from apps.core import clock
from apps.core.errors import PortalError


class SettlingView(CaseDoor):
    """Posted from the decision screen; goes back to it, and says what stands in the way."""

    def get(self, request, reference, **kwargs):
        return redirect("applicants:case", reference)

    def post(self, request, reference, **kwargs):
        application = self.load()
        try:
            messages.success(request, self.settle(application))
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                messages.error(request, sentence)
        return redirect("applicants:case", reference)

    def given(self, application) -> dict:
        return {
            "actor": self.request.actor,
            "application_id": application.pk,
            "version": posted_version(self.request),
            "now": clock.now(),
        }


class RollChoiceView(SettlingView):
    def settle(self, application) -> str:
        number = self.request.POST.get("certificate_number", "")
        choose_roll_entry(**self.given(application), certificate_number=number)
        return (
            _("已选定名单中的 %(number)s。") % {"number": number} if number else _("已记下：名单中的记录都不是申请人。")
        )


class PossiblePersonView(SettlingView):
    def settle(self, application) -> str:
        is_same = self.request.POST.get("answer") == "same"
        try:
            possible = UUID(self.kwargs["possible"])
            answer_possible_person(**self.given(application), possible_id=possible, is_same=is_same)
        except (ValueError, PossiblePerson.DoesNotExist) as error:
            raise Http404 from error
        return _("已记下：是同一人，这件申请归入此人的记录。") if is_same else _("已记下：不是同一人。")
