"""Screens of the office: the association's work list and decisions, the batches, the national re-check."""

from apps.applicants.views.staff.batches import BatchesView, BatchView, SheetView
from apps.applicants.views.staff.case import CaseView, PhotoView, RecheckCaseView, RecheckPhotoView
from apps.applicants.views.staff.decisions import AgreeView, ConfirmView, CorrectionView, RefuseView, ReturnView
from apps.applicants.views.staff.recheck import RecheckBatchView, RecheckListView
from apps.applicants.views.staff.worklist import WorkListView

__all__ = [
    "AgreeView",
    "BatchView",
    "BatchesView",
    "CaseView",
    "ConfirmView",
    "CorrectionView",
    "PhotoView",
    "RecheckBatchView",
    "RecheckCaseView",
    "RecheckListView",
    "RecheckPhotoView",
    "RefuseView",
    "ReturnView",
    "SheetView",
    "WorkListView",
]
