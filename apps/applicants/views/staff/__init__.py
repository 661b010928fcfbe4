"""Screens of the office: the association's work list and decisions, the batches, the national re-check."""

from apps.applicants.views.staff.appeals import AppealsView, AppealView, LetterView
from apps.applicants.views.staff.attachments import AttachmentPageView, RecheckAttachmentPageView
from apps.applicants.views.staff.batches import BatchesView, BatchView, SheetView
from apps.applicants.views.staff.bulk import BulkAgreeView, GreenView
from apps.applicants.views.staff.case import (
    CaseView,
    PhotoView,
    RecheckCaseView,
    RecheckPhotoView,
    RecheckRollPhotoView,
    RollPhotoView,
)
from apps.applicants.views.staff.decisions import AgreeView, ConfirmView, CorrectionView, RefuseView, ReturnView
from apps.applicants.views.staff.handling import HandlingView, NextCaseView, PassOnView, TakeBackView
from apps.applicants.views.staff.holds import HoldView, LiftView, RecheckHoldView, RecheckLiftView
from apps.applicants.views.staff.letters import (
    LateQuestionsView,
    PhoneCallView,
    SendAgainView,
    TellAgainView,
    UnreachedView,
)
from apps.applicants.views.staff.recheck import RecheckBatchView, RecheckListView
from apps.applicants.views.staff.settling import PossiblePersonView, RollChoiceView
from apps.applicants.views.staff.undoing import UndoDecisionView, UndosView, UndoView
from apps.applicants.views.staff.worklist import SavedViewsView, WorkListView
from apps.applicants.views.staff.writing import AnswersReadView, AnswerView, MessageView, NoteView, QuestionView

__all__ = [
    "AgreeView",
    "AnswerView",
    "AnswersReadView",
    "AppealView",
    "AppealsView",
    "AttachmentPageView",
    "BatchView",
    "BatchesView",
    "BulkAgreeView",
    "CaseView",
    "ConfirmView",
    "CorrectionView",
    "GreenView",
    "HandlingView",
    "HoldView",
    "LateQuestionsView",
    "LetterView",
    "LiftView",
    "MessageView",
    "NextCaseView",
    "NoteView",
    "PassOnView",
    "PhoneCallView",
    "PhotoView",
    "PossiblePersonView",
    "QuestionView",
    "RecheckAttachmentPageView",
    "RecheckBatchView",
    "RecheckCaseView",
    "RecheckHoldView",
    "RecheckLiftView",
    "RecheckListView",
    "RecheckPhotoView",
    "RecheckRollPhotoView",
    "RefuseView",
    "ReturnView",
    "RollChoiceView",
    "RollPhotoView",
    "SavedViewsView",
    "SendAgainView",
    "SheetView",
    "TakeBackView",
    "TellAgainView",
    "UndoDecisionView",
    "UndoView",
    "UndosView",
    "UnreachedView",
    "WorkListView",
]
