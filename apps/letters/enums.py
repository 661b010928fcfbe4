"""The words of the English letter: what a request can be, what can be done with it, what it is for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The office's word for each state; what the member reads stands in selectors/words.py."""

    REQUESTED = "requested", _("待经办")
    PROPOSED = "proposed", _("待批准")
    APPROVED = "approved", _("已批准，制作中")
    ISSUED = "issued", _("已出具")
    REFUSED = "refused", _("不予出具")
    WITHDRAWN = "withdrawn", _("已撤回")
    CANCELLED = "cancelled", _("已作废")
    REPLACED = "replaced", _("已被新的证明取代")


UNDECIDED_STATES = frozenset({State.REQUESTED, State.PROPOSED})
OPEN_STATES = UNDECIDED_STATES | {State.APPROVED}
"""A member has at most one request in these for one purpose and addressee."""

DECIDED_STATES = frozenset({State.APPROVED, State.ISSUED, State.REFUSED, State.CANCELLED, State.REPLACED})
"""Two officers have decided."""


class Action(TextChoices):
    PROPOSE = "propose", _("提出办理意见")
    DISAGREE = "disagree", _("退回经办人")
    APPROVE = "approve", _("批准出具")
    REFUSE = "refuse", _("决定不予出具")
    ISSUE = "issue", _("制作并盖章")
    WITHDRAW = "withdraw", _("会员撤回申请")
    CANCEL = "cancel", _("会员作废证明")
    REPLACE = "replace", _("被新的证明取代")
    REISSUE = "reissue", _("按原内容重新出具")


class Outcome(TextChoices):
    """What an officer proposes. Which of the two letters it is follows from the facts, not from the officer."""

    GOOD_STANDING = "good_standing", _("会员资格良好存续证明")
    STATUS = "status", _("会员情况证明（只写事实）")
    REFUSAL = "refusal", _("不予出具")


class Purpose(TextChoices):
    BODY = "body", _("加入境外的会计师组织")
    EMPLOYMENT = "employment", _("求职或任职")
    STUDY = "study", _("求学")
    IMMIGRATION = "immigration", _("签证或移民")
    BUSINESS = "business", _("投标或执业合作")
    OTHER = "other", _("其他")


class Addressee(TextChoices):
    ANYBODY = "anybody", _("不指定收件单位（To whom it may concern）")
    NAMED = "named", _("指定一个单位")


class ReissueOutcome(TextChoices):
    """What became of a letter whose seal can no longer be trusted."""

    WAITING = "waiting", _("待重新出具")
    MADE = "made", _("已重新出具")
    ASK_ANEW = "ask_anew", _("情况已变，须会员重新申请")
    NOT_NEEDED = "not_needed", _("已失效，无需重新出具")
