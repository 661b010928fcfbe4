"""One set of addresses for each kind of import that some app has brought, each with its own permission."""

from django.urls import path

from apps.core.access import Staff
from apps.imports.services import row_handlers
from apps.imports.views.archives import ArchiveJobView, ArchiveView, ResultsView
from apps.imports.views.staff import CommitView, FaultyRowsView, JobView, UndoView, UploadView

app_name = "imports"


def _addresses(handler) -> list:
    access = Staff(handler.permission, handler.wide_permission or None)

    def address(ending: str, screen, name: str):
        view = type(screen.__name__, (screen,), {"access": access, "handler": handler}).as_view()
        return path(f"office/imports/{handler.kind}/{ending}", view, {"kind": handler.kind}, name=name)

    upload, job = (ArchiveView, ArchiveJobView) if handler.is_archive else (UploadView, JobView)
    addresses = [
        address("", upload, "upload"),
        address("<uuid:job_id>/", job, "job"),
        address("<uuid:job_id>/commit/", CommitView, "commit"),
    ]
    if handler.is_archive:
        addresses.append(address("<uuid:job_id>/results.csv", ResultsView, "results"))
    else:
        addresses.append(address("<uuid:job_id>/faulty.csv", FaultyRowsView, "faulty_rows"))
    if handler.can_undo:
        addresses.append(address("<uuid:job_id>/undo/", UndoView, "undo"))
    return addresses


urlpatterns = [address for handler in row_handlers() for address in _addresses(handler)]
