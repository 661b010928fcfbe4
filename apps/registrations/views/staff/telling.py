"""A list of gaps that reached nobody of the firm: the officer phones, or the portal writes once more."""

from django.utils.translation import gettext as _

from apps.registrations.forms.office import TellForm
from apps.registrations.services.telling import record_gaps_call, tell_gaps_again
from apps.registrations.views.staff.acts import ActView

ACTS = {"phone": record_gaps_call, "again": tell_gaps_again}


class TellView(ActView):
    form_name = "tell"

    def make_form(self, registration, data=None):
        return TellForm(data, registration=registration)

    def act(self, form, **given):
        return ACTS[form.cleaned_data["how"]](**given)

    def success(self, registration):
        return _("已记入经过。补正的时间从今天起重新计算。")
