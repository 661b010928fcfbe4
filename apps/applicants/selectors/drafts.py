"""What the account has begun, and which of its pages are done."""

from datetime import date

from apps.applicants.enums import Field, LateMode, Page, Practising, Route, State
from apps.applicants.models import Application
from apps.applicants.selectors.eligibility import EligibilityAnswers, EligibilityResult, eligibility
from apps.core.clock import civil_date
from apps.rules.selectors import rule_value

NEEDED = {
    Page.IDENTITY: (Field.NAME, Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER, Field.BIRTH_ON, Field.SEX),
    Page.PRACTISING: (Field.CPA_NUMBER, Field.STOPPED_ON),
    Page.CERTIFICATE: (Field.CERTIFICATE_NUMBER, Field.CERTIFICATE_ON),
    Page.ASSOCIATION: (Field.ASSOCIATION,),
    Page.LATE: (),
    Page.CONTACT: (),
    Page.PHOTO: (),
    Page.DECLARATIONS: (Field.DECLARATIONS,),
}


def draft_of_user(user_id: int) -> Application | None:
    return (
        Application.objects.filter(user_id=user_id, state=State.DRAFT)
        .select_related("data_key", "photo", "association")
        .first()
    )


def pages_of(application: Application, *, today: date) -> list[Page]:
    """The pages that this applicant's route asks for, in their order."""
    asked = application.answers.get("eligibility", {})
    unasked = set()
    if asked.get("practising") != Practising.STOPPED:
        unasked.add(Page.PRACTISING)
    elif not asked.get("has_certificate"):
        unasked.add(Page.CERTIFICATE)
    if late_mode(application, today=today) in {None, LateMode.CLOSED}:
        unasked.add(Page.LATE)
    return [page for page in Page if page not in unasked]


def late_mode(application: Application, *, today: date) -> LateMode | None:
    """What the chosen association asks of a late applicant; None for everybody else."""
    on = civil_date(application.submitted_at) if application.submitted_at else today
    if eligibility_of(application, on=on).route != Route.LATE:
        return None
    return late_mode_at(application.answers.get(Field.ASSOCIATION) or None, on=on)


def late_mode_at(association_code: str | None, *, on: date) -> LateMode:
    return LateMode(rule_value("late_admission.mode", on=on, association_code=association_code))


def fields_required_of(answers: dict, *, on: date) -> list[str]:
    """What the chosen association asks for beside what everybody answers; the rule of the day."""
    code = answers.get(Field.ASSOCIATION) or None
    return rule_value("application.required_fields", on=on, association_code=code)


def is_page_done(application: Application, page: Page) -> bool:
    answers = application.answers
    if page in answers.get("typed", {}):
        return False
    if page == Page.PHOTO:
        return application.photo_id is not None
    if page == Page.CONTACT:
        return Field.PHONE in answers
    if page == Page.LATE:
        return bool(answers.get(Field.LATE_TEST_NUMBER) or answers.get(Field.LATE_CPE))
    return all(answers.get(name) for name in NEEDED[page])


def eligibility_of(application: Application, *, on: date) -> EligibilityResult:
    """By the answers as they stand now: the certificate's page counts, not what was guessed at the beginning."""
    asked = application.answers.get("eligibility", {})
    given = {
        Field.STOPPED_ON: application.answers.get(Field.STOPPED_ON) or asked.get("stopped_on"),
        Field.CERTIFICATE_ON: application.answers.get(Field.CERTIFICATE_ON) or asked.get("certificate_on"),
        Field.IDENTITY_TYPE: application.answers.get(Field.IDENTITY_TYPE) or asked.get("identity_type", ""),
    }
    has = {"has_certificate": bool(given[Field.CERTIFICATE_ON])}
    return eligibility(EligibilityAnswers.from_json(asked | given | has), today=on)
