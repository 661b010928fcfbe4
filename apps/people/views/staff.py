"""Who is behind a staff account. What is registered is not shown again: the page only says that it is."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from apps.accounts.enums import Permission
from apps.accounts.selectors import user_by_id
from apps.associations.selectors import seats_of
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError
from apps.people.forms import StaffPersonForm
from apps.people.policies import can_identify_officer
from apps.people.selectors import person_id_of_user
from apps.people.services import identify_officer


class StaffPersonView(FormView):
    """Only for accounts that hold, or held, a seat."""

    access = Staff(Permission.GRANT_SEATS)
    template_name = "people/office/staff_person.html"
    form_class = StaffPersonForm

    def dispatch(self, request, *args, **kwargs):
        self.account = user_by_id(kwargs["user_id"])
        self.seats = list(seats_of(kwargs["user_id"]))
        if self.account is None or not self.seats:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": clock.today()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            account=self.account,
            seats=self.seats,
            is_identified=person_id_of_user(self.account.pk) is not None,
            may_identify=can_identify_officer(self.request.actor, user_id=self.account.pk),
            **kwargs,
        )

    def form_valid(self, form):
        try:
            identify_officer(actor=self.request.actor, user_id=self.account.pk, now=clock.now(), **form.cleaned_data)
        except PortalError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("已登记本人身份。此人现在可以按席位作出决定。"))
        return redirect("people:staff_person", self.account.pk)
