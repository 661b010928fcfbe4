"""The database's refusals, said in a sentence. The policies ask first; the constraints hold whoever writes."""

from contextlib import contextmanager

from django.db import IntegrityError, InternalError
from django.utils.translation import gettext_lazy as _

from apps.core.errors import NotPermitted, PortalError, TransitionRefused

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
"""By constraint name. What is not listed is a fault of the program and stays an exception."""


@contextmanager
def constraints_as_sentences():
    """Wrap a save that a constraint or the state trigger may refuse."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in SENTENCES:
            raise
        kind, sentence = SENTENCES[name]
        raise kind(sentence) from error
    except InternalError as error:
        if "had part in a case" in str(error):
            raise NotPermitted(_("您参与过这件申请，请由另一位同事决定这件申诉。")) from error
        if "Invalid transition" not in str(error):
            raise
        raise TransitionRefused from error
