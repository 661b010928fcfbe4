"""Invented applications for tests, moved along by the services themselves."""

import itertools
from datetime import UTC, date, datetime, timedelta

from django.db.models import F

from apps.accounts.enums import Role
from apps.applicants.enums import Action, BatchState, Field, RollMatch, Route, State
from apps.applicants.models import Application, Batch
from apps.applicants.selectors.checks import has_green_checklist
from apps.applicants.selectors.corrections import purpose_of
from apps.applicants.selectors.roll import match_roll
from apps.applicants.services.batches import send_batch
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.expiry import expire_correction
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.reminders import remind_of_correction
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.applicants.services.roll import Passer, keep_roll_entry
from apps.applicants.services.steps import take_step
from apps.core.actor import Actor
from apps.core.encryption import create_data_key
from apps.mail.enums import MessageState
from apps.mail.models import Message
from apps.mail.services import send_message
from apps.people.enums import IdentityType
from apps.people.selectors import read_identity_number
from apps.people.services import register_person
from apps.rules.selectors import reasons
from tests.factories.accounts import make_actor, make_user
from tests.factories.documents import make_file, picture, picture_bytes
from tests.factories.people import make_person, resident_id

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, ten in the morning in Beijing: a working day."""
MINUTES = timedelta(minutes=11)
"""Longer than an agreement can be taken back."""
SYSTEM = Actor.system("test")
DOCUMENT_NUMBER = "会协〔2026〕12号"
CLEAN = {"capacity": True, "criminal": False, "penalty": False, "revoked": False, "cancelled": False, "expelled": False}
_sequence = itertools.count(1)


def make_passer(*, name="王小明", identity_number=None, certificate_on=date(2024, 12, 20), **changes) -> Passer:
    """A line of the roll, kept."""
    number = changes.pop("certificate_number", None) or f"QZ2433{next(_sequence):05d}"
    passer = Passer.of(
        certificate_number=number,
        name=name,
        identity_type=changes.pop("identity_type", IdentityType.RESIDENT_ID),
        identity_number=identity_number or resident_id(),
        certificate_on=certificate_on,
        province_code=changes.pop("province_code", "330000"),
    )
    keep_roll_entry(actor=SYSTEM, passer=passer, now=NOW)
    return passer


def answers_of(passer: Passer, **changes) -> dict:
    """The answers of somebody who typed what the roll says."""
    reading = read_identity_number(passer.identity_type, passer.identity_number, today=NOW.date())
    return {
        Field.NAME.value: passer.name,
        Field.IDENTITY_TYPE.value: str(passer.identity_type),
        Field.IDENTITY_NUMBER.value: passer.identity_number,
        Field.SEX.value: str(reading.sex or ""),
        Field.BIRTH_ON.value: reading.birth_on.isoformat() if reading.birth_on else "",
        Field.CERTIFICATE_NUMBER.value: passer.certificate_number,
        Field.CERTIFICATE_ON.value: passer.certificate_on.isoformat(),
        Field.ASSOCIATION.value: "330000",
        Field.PHONE.value: "+8613800000000",
        Field.DECLARATIONS.value: dict(CLEAN),
    } | changes


def make_application(
    *, association="330000", state=State.SUBMITTED, passer=None, now=NOW, submitted_at=None, photo=True, **answers
) -> Application:
    """An application in `state`, decided by made-up officers on its way; without a passer, one that is on the roll."""
    submitted_at = submitted_at or (now - MINUTES if state in _AGREED_ON_THE_WAY else now)
    application = _submitted(association, passer or make_passer(), submitted_at, photo, answers)
    _MOVES.get(state, lambda application, now: None)(application, now)
    return Application.objects.select_related("data_key").get(pk=application.pk)


def make_case_at(association: str, state: State, **changes) -> Application:
    return make_application(association=association, state=state, **changes)


def reviewer(*codes: str, person=None) -> Actor:
    """A linked officer of these associations (Zhejiang where none is named)."""
    return _officer([(Role.REVIEWER, code) for code in codes or ("330000",)], person)


def rechecker(*, person=None) -> Actor:
    return _officer([Role.RECHECKER], person)


def open_batch(application: Application) -> Batch:
    """The open batch of the case's association."""
    return Batch.objects.get(association_id=application.association_id, state=BatchState.OPEN)


def minutes_pass() -> None:
    """As if every agreement were made so long ago that nobody can take it back: for journeys, which do not wait."""
    Application.objects.filter(state=State.AGREED).update(take_back_until=F("local_decided_at"))


def applicant_of(application: Application) -> Actor:
    return make_actor(user_id=application.user_id, second_factor=False, label="applicant")


def first_reason(kind: str, now=NOW) -> str:
    return next(iter(reasons(kind, on=now.date()))).code


def arguments(application: Application, actor: Actor, *, now=NOW) -> dict:
    return {"actor": actor, "application_id": application.pk, "version": application.version, "now": now}


def _officer(seats, person) -> Actor:
    user, person = make_user(f"officer{next(_sequence)}@example.org"), person or make_person("李经办")
    return make_actor(*seats, user_id=user.pk, person_id=person.pk, label=f"officer {user.pk}")


def _submitted(association, passer, submitted_at, photo, changes) -> Application:
    answers = answers_of(passer, **{Field.ASSOCIATION.value: association, **changes})
    key = create_data_key()
    application = Application.objects.create(
        user=make_user(f"applicant{next(_sequence)}@example.org"),
        data_key=key,
        answers=answers,
        photo=make_file(_PHOTO, "image/jpeg", "photo", key, submitted_at) if photo else None,
        created_at=submitted_at,
        changed_at=submitted_at,
    )
    application.person = register_person(
        actor=SYSTEM,
        name=answers[Field.NAME],
        identity_type=answers[Field.IDENTITY_TYPE],
        identity_number=answers[Field.IDENTITY_NUMBER],
        sex=answers[Field.SEX],
        data_key=key,
        now=submitted_at,
    )
    application.association_id, application.route = association, Route.FRESH_PASSER
    application.submitted_at = submitted_at
    application.reference = f"ZJ-2026-{next(_sequence):04d}-TT"
    application.roll_match, application.roll_entry = match_roll(
        answers[Field.CERTIFICATE_NUMBER],
        answers[Field.NAME],
        answers[Field.IDENTITY_TYPE],
        answers[Field.IDENTITY_NUMBER],
    )
    application.checks_green = has_green_checklist(application, today=submitted_at.date())
    take_step(application, Action.SUBMIT, actor=SYSTEM, now=submitted_at)
    set_deadline(application)
    application.save()
    return application


def _agree(application, now):
    lines = {"roll", "certificate_date", "identity"} if application.roll_match != RollMatch.EXACT else set()
    agree_application(**arguments(application, reviewer(application.association_id), now=now), confirmed=lines)
    application.refresh_from_db()


def _agree_in_time(application, now):
    """So long ago that at `now` nobody can take it back any more."""
    _agree(application, now - MINUTES)


def _send(application, now):
    _agree_in_time(application, now)
    send_batch(actor=SYSTEM, batch_id=open_batch(application).pk, now=now)
    application.refresh_from_db()


def _return(application, now):
    _send(application, now)
    return_application(**arguments(application, rechecker(), now=now), reason_code=first_reason("return", now))


def _confirm(application, now):
    _send(application, now)
    confirm_application(**arguments(application, rechecker(), now=now), document_number=DOCUMENT_NUMBER)


def _refuse(application, now):
    officer = reviewer(application.association_id)
    refuse_application(**arguments(application, officer, now=now), reason_code=first_reason("refusal", now))


def _correct(application, now):
    officer = reviewer(application.association_id)
    request_correction(**arguments(application, officer, now=now), items=[("photo", "请换成白底一寸照")])
    application.refresh_from_db()


def tell_applicant(application: Application, *, state=MessageState.SENT, now=NOW) -> Message:
    """The message about the open correction, as notifications would write it, and what became of it."""
    message = send_message(
        template="notifications/correction_requested",
        email=application.user.email,
        context={"reference": application.reference},
        language="zh-hans",
        purpose=purpose_of(application.corrections.get(answered_at=None)),
        case=application.reference,
        data_key=application.data_key,
        now=now,
    )
    went = state in {MessageState.SENT, MessageState.DELIVERED, MessageState.BOUNCED}
    message.state, message.sent_at = state, now if went else None
    message.reported_at = now if state in {MessageState.DELIVERED, MessageState.BOUNCED} else None
    message.save()
    return message


def remind_applicant(application: Application, *, now) -> None:
    """As the scheduler does on that day."""
    remind_of_correction(actor=SYSTEM, application_id=application.pk, now=now)
    application.refresh_from_db()


def _expire(application, now):
    _correct(application, now)
    tell_applicant(application, now=now)
    remind_applicant(application, now=now + timedelta(days=40))
    expire_correction(actor=SYSTEM, application_id=application.pk, now=now + timedelta(days=60))


def _withdraw(application, now):
    take_step(application, Action.WITHDRAW, actor=applicant_of(application), now=now)
    set_deadline(application)
    application.save()


_AGREED_ON_THE_WAY = {State.AGREED, State.SENT, State.RETURNED, State.CONFIRMED}
_PHOTO = picture_bytes(picture(178, 220))
_MOVES = {
    State.AGREED: _agree_in_time,
    State.SENT: _send,
    State.RETURNED: _return,
    State.CONFIRMED: _confirm,
    State.REFUSED: _refuse,
    State.CORRECTION_REQUESTED: _correct,
    State.EXPIRED: _expire,
    State.WITHDRAWN: _withdraw,
}
