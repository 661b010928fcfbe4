"""The whole life of a tip."""

from apps.complaints.enums import TipAction, TipState
from apps.core.workflow import Workflow

TIP = Workflow(initial=TipState.OPEN, transitions=[(TipAction.ANSWER, {TipState.OPEN}, TipState.ANSWERED)])
