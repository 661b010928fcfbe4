"""Screens of the office: work list, one case, its acts, export, reconciliation."""

from apps.registrations.views.staff.acts import AcceptView, ConfirmationView, GapsView
from apps.registrations.views.staff.case import CaseView, LetterView, PhotoView
from apps.registrations.views.staff.deciding import (
    ApproveView,
    DisagreeView,
    ExtendView,
    ExtensionView,
    ProposeView,
    RefuseView,
)
from apps.registrations.views.staff.duties import DutiesView
from apps.registrations.views.staff.lists import WorkListView
from apps.registrations.views.staff.platform import ExportView, ReconciliationFileView, ReconciliationView
from apps.registrations.views.staff.telling import TellView

__all__ = [
    "AcceptView",
    "ApproveView",
    "CaseView",
    "ConfirmationView",
    "DisagreeView",
    "DutiesView",
    "ExportView",
    "ExtendView",
    "ExtensionView",
    "GapsView",
    "LetterView",
    "PhotoView",
    "ProposeView",
    "ReconciliationFileView",
    "ReconciliationView",
    "RefuseView",
    "TellView",
    "WorkListView",
]
