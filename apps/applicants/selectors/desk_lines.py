"""What waits on the case itself and not in the rules: an answer that nobody has read, a question without an answer.

They never exclude a decision; whoever decides says that they have looked at them.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.applicants.enums import Sender
from apps.applicants.models import Application
from apps.applicants.selectors.lines import ChecklistLine, Source, needs_person


def desk_lines(application: Application) -> list[ChecklistLine]:
    return [line for line in (_answer_line(application), _question_line(application)) if line]


def _answer_line(application: Application) -> ChecklistLine | None:
    count = application.case_messages.filter(sender=Sender.APPLICANT, read_at=None).count()
    if not count:
        return None
    sentence = ngettext(
        "申请人有 %(count)s 条新答复，还没有人看过。", "申请人有 %(count)s 条新答复，还没有人看过。", count
    )
    return needs_person("new_answer", sentence % {"count": count}, source=Source.CASE)


def _question_line(application: Application) -> ChecklistLine | None:
    asked = list(application.questions.filter(answered_at=None).values_list("asked_of", flat=True))
    if not asked:
        return None
    sentence = ngettext("有 %(count)s 个问题还没有答复。", "有 %(count)s 个问题还没有答复。", len(asked)) % {
        "count": len(asked)
    }
    return needs_person("open_question", sentence + _("可以等答复，也可以核对后作出决定。"), source=Source.CASE)
