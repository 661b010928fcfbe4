"""The whole life of a practising registration on one screen (domain.md, section 2; 注册办法 Art. 6-13).

Whatever is changed after the candidate has confirmed it is confirmed and committed to again: both answer for the truth
of what the association reads. From acceptance on, either the Ministry's platform decides and its imported result ends
the case, or, where the rule `practising.decide_here` says so, two officers of the association.
"""

from apps.core.workflow import Workflow
from apps.registrations.enums import Action, State

BEFORE_THE_DECISION = {
    State.DRAFT,
    State.AWAITING_CANDIDATE,
    State.AWAITING_FIRM,
    State.FILED,
    State.GAPS,
    State.ACCEPTED,
    State.PROPOSED,
}

REGISTRATION = Workflow(
    initial=State.DRAFT,
    transitions=[
        (Action.INVITE, {State.DRAFT, State.GAPS}, State.AWAITING_CANDIDATE),
        (Action.TAKE_BACK, {State.AWAITING_CANDIDATE}, State.DRAFT),
        (Action.DECLINE, {State.AWAITING_CANDIDATE}, State.DRAFT),
        (Action.CONFIRM, {State.AWAITING_CANDIDATE}, State.AWAITING_FIRM),
        (Action.SEND_BACK, {State.AWAITING_FIRM}, State.DRAFT),
        (Action.FILE, {State.AWAITING_FIRM}, State.FILED),
        (Action.REQUEST_GAPS, {State.FILED}, State.GAPS),
        (Action.ACCEPT, {State.FILED}, State.ACCEPTED),
        (Action.ADMIT_BY_PLATFORM, {State.ACCEPTED}, State.ADMITTED),
        (Action.REFUSE_BY_PLATFORM, {State.ACCEPTED}, State.REFUSED),
        (Action.PROPOSE, {State.ACCEPTED}, State.PROPOSED),
        (Action.DISAGREE, {State.PROPOSED}, State.ACCEPTED),
        (Action.APPROVE, {State.PROPOSED}, State.ADMITTED),
        (Action.REFUSE, {State.ACCEPTED}, State.REFUSED),
        (Action.WITHDRAW, BEFORE_THE_DECISION, State.WITHDRAWN),
        (Action.EXPIRE, {State.GAPS}, State.EXPIRED),
    ],
)
