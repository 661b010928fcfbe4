"""The evidence of a case beside its photo: lines of the roll, the register's record, persons the portal knows."""

from django.utils.formats import date_format

from apps.applicants.enums import LOCAL_STATES, Field
from apps.applicants.models import Application
from apps.applicants.policies import can_review_application
from apps.applicants.selectors.case import (
    ComparedLine,
    RollFinding,
    compared_with_roll,
    identity_type_label,
)
from apps.applicants.selectors.likeness import PersonQuestion, person_questions
from apps.applicants.selectors.lines import read_date
from apps.applicants.selectors.practising import record_facts
from apps.applicants.selectors.roll import compare_characters
from apps.core.actor import Actor
from apps.members.enums import EndReason, MembershipStatus
from apps.people.enums import Sex
from apps.people.selectors import identity_documents_of, normalise_identity_number, normalise_name


def evidence_context(actor: Actor, application: Application, finding: RollFinding, *, today) -> dict:
    """For case_roll.html, case_register.html, case_same_person.html and case_late.html."""
    return {
        "roll_lines": [(found, compared_with_roll(application, found.entry)) for found in finding.candidates],
        "register_record": _record(application, today),
        "person_questions": [(found, _compared_person(application, found)) for found in person_questions(application)],
        "may_settle": application.state in LOCAL_STATES and can_review_application(actor, application),
        "late_rows": [
            {"label": field.label, "value": _as_read(application.answers[field])}
            for field in (Field.LATE_TEST_ON, Field.LATE_TEST_NUMBER, Field.LATE_CPE)
            if application.answers.get(field)
        ],
    }


def _record(application: Application, today) -> dict | None:
    """The practising record with both sides compared; None where the applicant named no number."""
    facts = record_facts(application, today=today)
    if facts is None or not facts["found"]:
        return facts
    record = application.register_entry
    return facts | {
        "status_label": MembershipStatus(facts["status"]).label,
        "ended_day": read_date(facts["ended_on"]),
        "reason_label": EndReason(facts["end_reason"]).label if facts["end_reason"] else "",
        "lines": _compared(application, record.person, record.person_id),
    }


def _compared_person(application: Application, question: PersonQuestion) -> list[ComparedLine]:
    return _compared(application, question.row.person, question.row.person_id)


def _compared(application: Application, person, person_id) -> list[ComparedLine]:
    """Name, birth date, sex and document, as typed and as kept: the document of the same kind where there is one."""
    answers = application.answers
    documents = list(identity_documents_of(person_id))
    kind = answers.get(Field.IDENTITY_TYPE, "")
    document = next((doc for doc in documents if doc.type == kind), documents[0] if documents else None)
    pairs = [
        (Field.NAME, normalise_name(answers.get(Field.NAME, "")), person.name),
        (Field.BIRTH_ON, answers.get(Field.BIRTH_ON, ""), person.birth_on.isoformat() if person.birth_on else ""),
        (Field.SEX, _sex(answers.get(Field.SEX, "")), _sex(person.sex)),
        (Field.IDENTITY_TYPE, identity_type_label(kind), identity_type_label(document.type) if document else ""),
        (
            Field.IDENTITY_NUMBER,
            normalise_identity_number(answers.get(Field.IDENTITY_NUMBER, "")),
            document.number if document else "",
        ),
    ]
    return [ComparedLine(field.label, *compare_characters(str(mine), str(theirs))) for field, mine, theirs in pairs]


def _sex(code: str) -> str:
    return str(Sex(code).label) if code in Sex.values else code


def _as_read(text: str) -> str:
    day = read_date(text)
    return date_format(day) if day else text
