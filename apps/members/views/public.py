from django.views.generic import TemplateView

from apps.core.access import PUBLIC
from apps.core.clock import today
from apps.members.forms import RegisterSearchForm
from apps.members.selectors import search_register


class RegisterSearchView(TemplateView):
    """Search of practising members. A plain GET form, so that a result has an address to pass on."""

    access = PUBLIC
    template_name = "members/register.html"

    def get_context_data(self, **kwargs):
        form = RegisterSearchForm(self.request.GET if self._asked() else None)
        findings = search_register(**form.cleaned_data, on=today()) if form.is_bound and form.is_valid() else None
        return super().get_context_data(form=form, findings=findings, today=today(), **kwargs)

    def _asked(self) -> bool:
        return any(name in self.request.GET for name in RegisterSearchForm.base_fields)
