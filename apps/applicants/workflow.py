"""The whole life of an application on one screen (domain.md, section 2; 登记办法 Art. 4)."""

from apps.applicants.enums import Action, AppealAction, AppealState, BatchState, State, UndoAction, UndoState
from apps.core.workflow import Workflow

APPLICATION = Workflow(
    initial=State.DRAFT,
    transitions=[
        (Action.SUBMIT, {State.DRAFT}, State.SUBMITTED),
        (Action.REQUEST_CORRECTION, {State.SUBMITTED, State.RETURNED}, State.CORRECTION_REQUESTED),
        (Action.ANSWER_CORRECTION, {State.CORRECTION_REQUESTED}, State.SUBMITTED),
        (Action.AGREE, {State.SUBMITTED, State.RETURNED}, State.AGREED),
        (Action.TAKE_BACK, {State.AGREED}, State.SUBMITTED),
        (Action.TAKE_BACK_RETURNED, {State.AGREED}, State.RETURNED),
        (Action.REFUSE, {State.SUBMITTED, State.RETURNED}, State.REFUSED),
        (Action.SEND, {State.AGREED}, State.SENT),
        (Action.CONFIRM, {State.SENT}, State.CONFIRMED),
        (Action.RETURN, {State.SENT}, State.RETURNED),
        (
            Action.WITHDRAW,
            {State.SUBMITTED, State.CORRECTION_REQUESTED, State.AGREED, State.SENT, State.RETURNED},
            State.WITHDRAWN,
        ),
        (Action.EXPIRE, {State.CORRECTION_REQUESTED}, State.EXPIRED),
        (Action.REOPEN, {State.REFUSED, State.EXPIRED}, State.SUBMITTED),
    ],
)

BATCH = Workflow(
    initial=BatchState.OPEN,
    transitions=[(Action.SEND, {BatchState.OPEN}, BatchState.SENT)],
)

UNDO = Workflow(
    initial=UndoState.ASKED,
    transitions=[
        (UndoAction.CONFIRM, {UndoState.ASKED}, UndoState.CONFIRMED),
        (UndoAction.DECLINE, {UndoState.ASKED}, UndoState.DECLINED),
    ],
)

APPEAL = Workflow(
    initial=AppealState.FILED,
    transitions=[
        (AppealAction.UPHOLD, {AppealState.FILED}, AppealState.UPHELD),
        (AppealAction.SET_ASIDE, {AppealState.FILED}, AppealState.SET_ASIDE),
    ],
)
