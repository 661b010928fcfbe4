from apps.letters.views.staff.acts import (
    ApproveView,
    DisagreeView,
    ProposeRefusalView,
    ProposeView,
    RefuseView,
)
from apps.letters.views.staff.case import CaseView, FileView
from apps.letters.views.staff.lists import WorkListView

__all__ = [
    "ApproveView",
    "CaseView",
    "DisagreeView",
    "FileView",
    "ProposeRefusalView",
    "ProposeView",
    "RefuseView",
    "WorkListView",
]
