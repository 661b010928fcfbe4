"""The database's refusals, said in a sentence. The policies ask first; the constraints hold whoever writes."""

from django.utils.translation import gettext_lazy as _

from apps.core.constraints import constraints_as_sentences as sentences_for
from apps.core.errors import NotPermitted, PortalError

HAD_PART = _("您在申诉成立以前办理过此件。重新审查应由没有参与过的同事办理。")
SENTENCES = {
    "first_officer_is_not_the_applicant": (
        NotPermitted,
        _("这是您本人的申请，应由另一位工作人员办理。"),
    ),
    "second_officer_is_neither_first_nor_applicant": (
        NotPermitted,
        _("复核人不能是省级经办人，也不能是申请人本人，请由中注协另一位工作人员复核。"),
    ),
    "nobody_asks_to_undo_the_own_admission": (
        NotPermitted,
        _("这是您本人的会员登记，应由另一位工作人员办理。"),
    ),
    "undo_is_decided_by_another_person": (
        NotPermitted,
        _("提出撤销的人不能自己确认，也不能是会员本人，请由中注协另一位工作人员决定。"),
    ),
    "one_undo_per_admission": (
        PortalError,
        _("这次登记已经有人提出撤销，请在那一件上决定。"),
    ),
    "one_open_application_per_person": (
        PortalError,
        _("此人已有一件在办的申请，请先办结那一件。"),
    ),
}
"""By constraint name."""

TRIGGERS = {
    "had part in a case before": (NotPermitted, HAD_PART),
    "had part in a case": (NotPermitted, _("您参与过这件申请，请由另一位同事决定这件申诉。")),
}
"""By what the trigger says."""


def constraints_as_sentences():
    """Wrap a save that a constraint or the state trigger may refuse."""
    return sentences_for(SENTENCES, TRIGGERS)
