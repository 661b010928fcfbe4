"""The register's record of an applicant who was a CPA (登记办法 Art. 3 (2)), found by the number that they typed."""

from datetime import date

from apps.applicants.enums import Field
from apps.applicants.models import Application
from apps.members.enums import MemberKind, MembershipStatus
from apps.members.selectors import membership_by_number, membership_state
from apps.people.selectors import Alike, compare_names


def record_of(answers: dict):
    """The practising membership under the CPA number of the answers; None where there is none."""
    number = answers.get(Field.CPA_NUMBER) or ""
    return membership_by_number(MemberKind.PRACTISING, number) if number else None


def will_convert(application: Application) -> bool:
    """Whether the confirmation turns the applicant's own practising record into a non-practising membership."""
    record = application.register_entry
    return record is not None and record.person_id == application.person_id


def record_facts(application: Application, *, today: date) -> dict | None:
    """What the checklist reads of the record, as plain data; None where the applicant named none."""
    number = application.answers.get(Field.CPA_NUMBER)
    if not number:
        return None
    record = application.register_entry
    if record is None:
        return {"number": number, "found": False}
    state = membership_state(record, on=max(today, record.admitted_on))
    ended = state.status == MembershipStatus.ENDED
    return {
        "number": record.number,
        "found": True,
        "identity": record.person_id == application.person_id,
        "name": compare_names(application.answers.get(Field.NAME, ""), record.person.name) in SAME_NAME,
        "status": str(state.status),
        "is_current": state.is_current,
        "ended_on": state.since.isoformat() if ended else "",
        "end_reason": str(state.end_reason),
    }


SAME_NAME = frozenset({Alike.SAME, Alike.VARIANT})
