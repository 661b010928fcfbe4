from django.views.generic import TemplateView

from apps.associations.enums import NATIONAL_CODE
from apps.associations.selectors import all_associations, contact_for
from apps.core.access import PUBLIC


class DirectoryView(TemplateView):
    """Whom to phone, for each of the bodies: one query."""

    access = PUBLIC
    template_name = "associations/directory.html"

    def get_context_data(self, **kwargs):
        bodies = list(all_associations())
        national = next(body for body in bodies if body.code == NATIONAL_CODE)
        rows = [{"body": body, "contact": contact_for(body, national=national)} for body in bodies]
        return super().get_context_data(rows=rows, national=national, **kwargs)
