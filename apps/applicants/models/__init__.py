from apps.applicants.models.appeal import Appeal
from apps.applicants.models.application import Application, Step
from apps.applicants.models.attachment import Attachment
from apps.applicants.models.batch import Batch, BatchItem
from apps.applicants.models.correction import CorrectionItem, CorrectionRequest
from apps.applicants.models.decision import Decision
from apps.applicants.models.desk import OfficerChange, SavedView
from apps.applicants.models.hold import Hold
from apps.applicants.models.letter import Letter
from apps.applicants.models.likeness import PossiblePerson
from apps.applicants.models.note import CaseMessage, CaseNote, CaseQuestion
from apps.applicants.models.reminder import Reminder
from apps.applicants.models.roll import RollEntry
from apps.applicants.models.roll_photo import RollPhoto
from apps.applicants.models.undo import Undo

__all__ = [
    "Appeal",
    "Application",
    "Attachment",
    "Batch",
    "BatchItem",
    "CaseMessage",
    "CaseNote",
    "CaseQuestion",
    "CorrectionItem",
    "CorrectionRequest",
    "Decision",
    "Hold",
    "Letter",
    "OfficerChange",
    "PossiblePerson",
    "Reminder",
    "RollEntry",
    "RollPhoto",
    "SavedView",
    "Step",
    "Undo",
]
