"""Invented practising registrations for tests, moved along by the services themselves."""

import itertools
from datetime import UTC, date, datetime, timedelta

from apps.accounts.enums import Role
from apps.associations.services import grant_seat
from apps.core.actor import Actor, ActorKind, OutsideGrant
from apps.core.clock import civil_date
from apps.firms.enums import FIRM, FirmRole
from apps.firms.models import Firm, FirmSeat
from apps.firms.services import appoint_head, name_agent
from apps.people.services import link_user
from apps.registrations.enums import Field, Ground, Page, State
from apps.registrations.forms.pages import PAGE_FORMS  # noqa: F401  (what the pages ask)
from apps.registrations.models import Registration
from apps.registrations.services import checking, confirming, deciding, drafts, expiry, platform, reminders, telling
from apps.registrations.services.platform import Result
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.accounts import make_actor, make_user
from tests.factories.candidates import photo_bytes
from tests.factories.firms import make_firm
from tests.factories.people import make_person, resident_id

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, ten in the morning in Beijing: a working day."""
SYSTEM = Actor.system("test")
CLEAN = {"capacity": True, "full_time": True, "truth": True, "note": "", **dict.fromkeys(Ground.values, False)}
_sequence = itertools.count(1)


class Job:
    """Stands in for an import."""

    pk = "11111111-2222-3333-4444-555555555555"


def the_firm(code="33000012") -> Firm:
    return Firm.objects.filter(code=code).first() or make_firm(code)


def seat_at(firm: Firm, role: str, *, now=NOW) -> Actor:
    """The firm's head, or a new agent, with a seat in the database."""
    user = make_user(f"{role}{next(_sequence)}@firm.example.org", display_name="李经办")
    seat = appoint_head if role == FirmRole.HEAD else name_agent
    seat(actor=SYSTEM, firm_id=firm.pk, email=user.email, name="李经办", language="zh-hans", now=now)
    return Actor(
        ActorKind.USER,
        f"{role} {user.pk}",
        user.pk,
        second_factor=True,
        grants=(OutsideGrant(FIRM, firm.code, str(role)),),
    )


def head_of(firm: Firm) -> Actor:
    seat = FirmSeat.objects.filter(firm=firm, role=FirmRole.HEAD, to_on=None).first()
    if seat is None:
        return seat_at(firm, FirmRole.HEAD)
    grants = (OutsideGrant(FIRM, firm.code, "head"),)
    return Actor(ActorKind.USER, "head", seat.user_id, second_factor=True, grants=grants)


def agent_of(registration: Registration) -> Actor:
    grants = (OutsideGrant(FIRM, registration.firm.code, "agent"),)
    return Actor(ActorKind.USER, "agent", registration.agent_id, second_factor=True, grants=grants)


def candidate_of(registration: Registration) -> Actor:
    email = registration.answers[Field.EMAIL]
    user = registration.candidate_user or _user(email)
    return make_actor(user_id=user.pk, second_factor=False, label=f"user:{user.pk}")


def _user(email):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.filter(email=email).first() or make_user(email)


def officer(code="330000", role=Role.REVIEWER, *, person=None) -> Actor:
    """A linked officer with a seat in the database, too: imports look there."""
    user, person = make_user(f"officer{next(_sequence)}@registrations.example.org"), person or make_person("周正")
    grant_seat(
        actor=SYSTEM,
        user_id=user.pk,
        association_code=code,
        role=role,
        from_on=date(2026, 1, 1),
        now=NOW,
    )
    link_user(user_id=user.pk, person_id=person.pk, now=NOW)
    return make_actor((role, code), user_id=user.pk, person_id=person.pk, label=f"officer {user.pk}")


def answers_of(**changes) -> dict:
    """By page; `changes` by field."""
    number = changes.pop("identity_number", None) or resident_id()
    answers = {
        Page.IDENTITY: {
            "name": "王小明",
            "identity_type": "resident_id",
            "identity_number": number,
            "identity_country": "",
            "work_permit": "",
            "birth_on": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            "sex": "male" if int(number[16]) % 2 else "female",
        },
        Page.CERTIFICATE: {
            "certificate_number": f"QZ2433{next(_sequence):05d}",
            "certificate_on": "2022-12-20",
            "certificate_lost": False,
        },
        Page.EXPERIENCE: {
            "employed_on": "2023-01-03",
            "experience": [{"employer": "杭州诚信会计师事务所", "since": "2023-01-03", "until": ""}],
            "attestation": "",
        },
        Page.CONTACT: {"email": f"candidate{next(_sequence)}@cpa.example.org", "phone": "+8613800138000"},
    }
    return {page: {name: changes.get(name, value) for name, value in part.items()} for page, part in answers.items()}


def make_registration(state=State.DRAFT, *, firm=None, now=NOW, photo=True, **answers) -> Registration:
    """A registration in `state`, brought there by invented people."""
    firm = firm or the_firm()
    agent = seat_at(firm, FirmRole.AGENT, now=now)
    registration = drafts.open_registration(actor=agent, firm_code=firm.code, language="zh-hans", now=now)
    for page, part in answers_of(**answers).items():
        drafts.save_page(actor=agent, registration_id=registration.pk, page=page, answers=part, now=now)
    if photo:
        drafts.save_photo(actor=agent, registration_id=registration.pk, picture=photo_bytes(), now=now)
    registration = fresh(registration)
    for step in WAY.get(state, ()):
        step(registration, now=now)
        registration = fresh(registration)
    return registration


def fresh(registration: Registration) -> Registration:
    rows = Registration.objects.select_related(
        "data_key", "firm", "association", "candidate_user", "agent", "membership"
    )
    return rows.get(pk=registration.pk)


def given(registration: Registration, actor: Actor, *, now=NOW) -> dict:
    return {"actor": actor, "registration_id": registration.pk, "version": registration.version, "now": now}


def invite(registration, *, now=NOW):
    return confirming.invite_candidate(**given(registration, agent_of(registration), now=now))


def confirm(registration, *, now=NOW, declarations=CLEAN):
    actor = candidate_of(registration)
    return confirming.confirm_registration(**given(registration, actor, now=now), declarations=dict(declarations))


def file(registration, *, now=NOW):
    return confirming.file_registration(**given(registration, head_of(registration.firm), now=now))


def ask_gaps(registration, *, now=NOW, items=(("photo", "请换成白底一寸照"),), why_again=""):
    actor = officer(registration.association_id)
    return checking.request_gaps(**given(registration, actor, now=now), items=list(items), why_again=why_again)


def accept(registration, *, now=NOW, actor=None):
    actor = actor or officer(registration.association_id)
    return checking.accept_registration(**given(registration, actor, now=now), confirmed={"roll", "attestation"})


def result_for(registration: Registration, **changes) -> Result:
    answers = registration.answers
    values = {
        "reference": registration.reference,
        "name": answers[Field.NAME],
        "identity_type": answers[Field.IDENTITY_TYPE],
        "identity_number": answers[Field.IDENTITY_NUMBER],
        "firm_code": registration.firm.code,
        "is_admitted": True,
        "number": f"33000012{next(_sequence):04d}",
        "decided_on": civil_date(registration.filed_at),
        "document_number": "浙注协〔2026〕12号",
        "reason": "",
        "association_code": registration.association_id,
        "registration_id": registration.pk,
    }
    return Result(**values | changes)


def admit(registration, *, now=NOW, **changes):
    actor = officer(registration.association_id)
    return platform.apply_result(result_for(registration, **changes), actor=actor, job=Job, now=now)


def refuse(registration, *, now=NOW):
    return admit(registration, now=now, is_admitted=False, number="", reason="材料与事实不符")


def withdraw(registration, *, now=NOW):
    return confirming.withdraw_registration(**given(registration, agent_of(registration), now=now))


def expire(registration, *, now=NOW):
    """The firm has seen the list and lets the last day pass, reminder or not."""
    telling.note_gaps_opened(actor=agent_of(registration), registration_id=registration.pk, now=now)
    reminders.remind_firm(actor=SYSTEM, registration_id=registration.pk, now=now + timedelta(days=29))
    expiry.expire_registration(actor=SYSTEM, registration_id=registration.pk, now=now + timedelta(days=60))


def decide_inside(code="330000") -> None:
    """From here on the association decides in the portal."""
    Rule.objects.create(key="practising.decide_here", association_id=code, value=True, in_force_from=date(2020, 1, 1))
    forget_rules()


def propose(registration, *, now=NOW, actor=None):
    actor = actor or officer(registration.association_id)
    return deciding.propose_registration(**given(registration, actor, now=now), confirmed={"roll"})


def approve(registration, *, now=NOW, actor=None):
    actor = actor or officer(registration.association_id)
    return deciding.approve_registration(**given(registration, actor, now=now), document_number="浙注协〔2026〕12号")


FILED = (invite, confirm, file)
WAY = {
    State.AWAITING_CANDIDATE: (invite,),
    State.AWAITING_FIRM: (invite, confirm),
    State.FILED: FILED,
    State.GAPS: (*FILED, ask_gaps),
    State.ACCEPTED: (*FILED, accept),
    State.ADMITTED: (*FILED, accept, admit),
    State.REFUSED: (*FILED, accept, refuse),
    State.WITHDRAWN: (*FILED, withdraw),
    State.EXPIRED: (*FILED, ask_gaps, expire),
}
