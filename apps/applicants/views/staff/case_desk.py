"""What the decision screen shows beside the rules: what was written on the case, its hold, the person's other cases."""

from apps.applicants.enums import Office
from apps.applicants.forms.desk import AnswerForm, MessageForm, NoteForm, QuestionForm
from apps.applicants.models import Application, CaseQuestion
from apps.applicants.policies import can_answer_question, can_ask_office, can_hold, can_write_note
from apps.applicants.selectors.earlier import earlier_returns, other_cases
from apps.applicants.selectors.holds import hold_of
from apps.applicants.selectors.messages import conversation, notes, questions
from apps.applicants.selectors.undoing import latest_undo
from apps.rules.selectors import get_reason


def desk_context(actor, application: Application, door: str, *, today) -> dict:
    talk = conversation(application)
    return {
        "notes": notes(application),
        "conversation": talk,
        "has_new_answer": any(shown.is_new for shown in talk),
        "questions": _questions(actor, application),
        "may_write": can_write_note(actor, application),
        "may_ask": can_ask_office(actor, application, Office.LOCAL if door == "recheck" else Office.NATIONAL),
        "note_form": NoteForm(),
        "message_form": MessageForm(),
        "question_form": QuestionForm(),
        "hold": _hold(actor, application, today),
        "other_cases": other_cases(actor, application),
        "returns": earlier_returns(application),
        "undo": latest_undo(application),
    }


def _questions(actor, application: Application) -> list[CaseQuestion]:
    """Each open one that this officer may answer carries its form."""
    rows = questions(application)
    for question in rows:
        if question.answered_at is None and can_answer_question(actor, application, question):
            question.answer_form = AnswerForm.to(question)
    return rows


def _hold(actor, application: Application, today) -> dict | None:
    hold = hold_of(application, today=today)
    if hold is None:
        return None
    return {
        "hold": hold,
        "reason": get_reason(hold.reason_code),
        "can_lift": can_hold(actor, application),
    }
