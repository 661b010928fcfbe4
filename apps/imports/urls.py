"""One set of addresses for each kind of import that some app has brought, each with its own permission."""

from django.urls import path

from apps.core.access import Staff
from apps.imports.services import row_handlers
from apps.imports.views.staff import CommitView, FaultyRowsView, JobView, UploadView

app_name = "imports"


def _addresses(handler) -> list:
    def view(screen):
        return type(screen.__name__, (screen,), {"access": Staff(handler.permission), "handler": handler}).as_view()

    kind = {"kind": handler.kind}
    return [
        path(f"office/imports/{handler.kind}/", view(UploadView), kind, name="upload"),
        path(f"office/imports/{handler.kind}/<uuid:job_id>/", view(JobView), kind, name="job"),
        path(f"office/imports/{handler.kind}/<uuid:job_id>/commit/", view(CommitView), kind, name="commit"),
        path(f"office/imports/{handler.kind}/<uuid:job_id>/faulty.csv", view(FaultyRowsView), kind, name="faulty_rows"),
    ]


urlpatterns = [address for handler in row_handlers() for address in _addresses(handler)]
