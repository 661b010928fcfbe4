from apps.applicants.models.application import Application, Step
from apps.applicants.models.batch import Batch, BatchItem
from apps.applicants.models.correction import CorrectionItem, CorrectionRequest
from apps.applicants.models.decision import Decision
from apps.applicants.models.roll import RollEntry

__all__ = ["Application", "Batch", "BatchItem", "CorrectionItem", "CorrectionRequest", "Decision", "RollEntry", "Step"]
