"""An officer's own declarations: whose cases are not for them. Nobody else reads this page of theirs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.core import clock
from apps.core.access import ANY_STAFF
from apps.core.errors import PortalError
from apps.people.enums import RelationKind
from apps.people.forms import EmployerForm, RelatedPersonForm
from apps.people.policies import can_declare_relations
from apps.people.selectors import relations_of
from apps.people.services import declare_employer, declare_person, end_relation


class ConflictsView(View):
    """What is declared, and a form for each kind; the button says which one was meant."""

    access = ANY_STAFF

    def get(self, request):
        return self.show()

    def post(self, request):
        is_person = request.POST.get("kind") != RelationKind.EMPLOYER
        form = RelatedPersonForm(request.POST) if is_person else EmployerForm(request.POST, today=clock.today())
        shown = {"person_form" if is_person else "employer_form": form, "form": form}
        if not form.is_valid():
            return self.show(**shown)
        declare = declare_person if is_person else declare_employer
        try:
            declare(actor=request.actor, now=clock.now(), **form.cleaned_data)
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [str(error)]:
                form.add_error(None, sentence)
            return self.show(**shown)
        messages.success(request, _("已申报。有关的申请从现在起不再由您办理。"))
        return redirect("people:conflicts")

    def show(self, **forms):
        may_declare = can_declare_relations(self.request.actor)
        context = {
            "may_declare": may_declare,
            "relations": relations_of(self.request.actor.person_id) if may_declare else [],
            "person_form": RelatedPersonForm(),
            "employer_form": EmployerForm(today=clock.today()),
        }
        return render(self.request, "people/office/conflicts.html", context | forms)


class EndRelationView(View):
    """Take a declaration of one's own back."""

    access = ANY_STAFF

    def get(self, request):
        return redirect("people:conflicts")

    def post(self, request):
        try:
            end_relation(actor=request.actor, relation_id=request.POST.get("relation"), now=clock.now())
        except (PortalError, ValidationError) as error:
            raise Http404 from error
        messages.success(request, _("已收回这项申报。"))
        return redirect("people:conflicts")
