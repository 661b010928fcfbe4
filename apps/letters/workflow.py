"""The whole life of an English letter on one screen (domain.md, 5.4).

Two officers of the national body decide: one proposes, another agrees. What the letter says is frozen with the
approval; whether it still holds is not kept here, it is read live. An expired letter stays `issued`: days need no step.
A letter that only needs another seal goes on from the decision that two officers have taken about the one before.
"""

from apps.core.workflow import Workflow
from apps.letters.enums import Action, State

LETTER = Workflow(
    initial=State.REQUESTED,
    transitions=[
        (Action.PROPOSE, {State.REQUESTED}, State.PROPOSED),
        (Action.DISAGREE, {State.PROPOSED}, State.REQUESTED),
        (Action.APPROVE, {State.PROPOSED}, State.APPROVED),
        (Action.REFUSE, {State.PROPOSED}, State.REFUSED),
        (Action.ISSUE, {State.APPROVED}, State.ISSUED),
        (Action.WITHDRAW, {State.REQUESTED, State.PROPOSED}, State.WITHDRAWN),
        (Action.CANCEL, {State.APPROVED, State.ISSUED}, State.CANCELLED),
        (Action.REPLACE, {State.ISSUED}, State.REPLACED),
        (Action.REISSUE, {State.REQUESTED}, State.APPROVED),
    ],
)
