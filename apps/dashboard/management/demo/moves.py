"""What candidates and offices do with the demo's cases: each move by its service, in the name of a demo officer."""

from datetime import datetime

from apps.applicants.enums import Field
from apps.applicants.selectors.batches import batches_of_own_association
from apps.applicants.selectors.case import get_visible_case
from apps.applicants.services.batches import send_batch
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.expiry import expire_correction
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.reminders import remind_of_correction
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.applicants.services.telling import note_opened
from apps.applicants.services.withdrawal import withdraw_application
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.dashboard.management.demo.candidates import photo
from apps.dashboard.management.demo.desk import officer

PHOTO_NOTE = "照片背景不是白色，请换成本人近一年内的白底正面免冠照片。"


class Case:
    """A submitted case of the demo, as each move finds it."""

    def __init__(self, application, applicant: Actor):
        self.reference = application.reference
        self.applicant = applicant
        self.reviewer = officer("reviewer", application.association_id)
        self.rechecker = officer("rechecker")

    def make(self, move: str, now: datetime) -> None:
        MOVES[move](self, now)

    def by(self, actor: Actor, now: datetime) -> dict:
        """The arguments that every service takes. Only the office's own selector finds the case by reference."""
        now_stands = get_visible_case(self.reviewer, self.reference)
        return {"actor": actor, "application_id": now_stands.pk, "version": now_stands.version, "now": now}


def _agree(case: Case, now: datetime) -> None:
    agree_application(**case.by(case.reviewer, now))


def _send(case: Case, now: datetime) -> None:
    association = get_visible_case(case.reviewer, case.reference).association_id
    batch = batches_of_own_association(case.reviewer).get(state="open", association=association)
    send_batch(actor=case.reviewer, batch_id=batch.pk, now=now)


def _confirm(case: Case, now: datetime) -> None:
    document_number = f"会协〔{civil_date(now).year}〕901号"
    confirm_application(**case.by(case.rechecker, now), document_number=document_number)


def _return(case: Case, now: datetime) -> None:
    return_application(**case.by(case.rechecker, now), reason_code="return.photo", note="照片模糊，请重新核对。")


def _refuse(case: Case, now: datetime) -> None:
    note = "考试机构没有查到这个证号。"
    refuse_application(**case.by(case.reviewer, now), reason_code="refusal.not_a_passer", note=note)


def _ask_correction(case: Case, now: datetime) -> None:
    request_correction(**case.by(case.reviewer, now), items=[(Field.PHOTO, PHOTO_NOTE)])


def _open(case: Case, now: datetime) -> None:
    """The applicant sees what is asked; before that nothing can end."""
    application = get_visible_case(case.reviewer, case.reference)
    note_opened(actor=case.applicant, application_id=application.pk, now=now)


def _expire(case: Case, now: datetime) -> None:
    application = get_visible_case(case.reviewer, case.reference)
    expire_correction(actor=Actor.system("demo"), application_id=application.pk, now=now)


def _remind(case: Case, now: datetime) -> None:
    application = get_visible_case(case.reviewer, case.reference)
    remind_of_correction(actor=Actor.system("demo"), application_id=application.pk, now=now)


def _answer_correction(case: Case, now: datetime) -> None:
    answer_correction(**case.by(case.applicant, now), answers={}, picture=photo())


def _withdraw(case: Case, now: datetime) -> None:
    withdraw_application(**case.by(case.applicant, now))


MOVES = {
    "agree": _agree,
    "send": _send,
    "confirm": _confirm,
    "return": _return,
    "refuse": _refuse,
    "ask_correction": _ask_correction,
    "open": _open,
    "remind": _remind,
    "expire": _expire,
    "answer_correction": _answer_correction,
    "withdraw": _withdraw,
}
