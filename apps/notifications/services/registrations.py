"""What is told about a practising registration: to the candidate, to the agent, to the firm's head."""

from datetime import datetime

from django.utils.translation import override

from apps.associations.selectors import contact_for
from apps.core.clock import civil_date
from apps.firms.enums import FirmRole
from apps.firms.selectors import holders_at_firm
from apps.notifications.services.sending import Reader, address_of, send_once
from apps.registrations.selectors import registration_by_id
from apps.registrations.selectors.drafts import open_gaps
from apps.registrations.selectors.gaps import gap_reminder_by_id, open_gap_list
from apps.rules.selectors import get_reason


def ask_candidate(registration_id, *, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    _tell_candidate(registration, "registration_invited", {}, now=now)


def ask_head(registration_id, *, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    for head in holders_at_firm(registration.firm, FirmRole.HEAD, day=civil_date(now)):
        _tell(registration, head, "registration_to_head", {}, now=now)


def tell_agent_it_is_back(registration_id, *, by_candidate: bool, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    _tell(registration, registration.agent, "registration_back", {"by_candidate": by_candidate}, now=now)


def tell_of_filing(registration_id, *, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    due = {"due": registration.decide_by, "provisional": registration.decide_by_provisional}
    _tell_both(registration, "registration_filed", due, now=now)


def tell_of_gaps(registration_id, *, now: datetime) -> None:
    """What must be mended, and until when; the officer's words stand on the page, not in a mail."""
    registration = registration_by_id(registration_id)
    gaps = open_gaps(registration)
    if not gaps:
        return  # filed again before the mail was written
    context = {"fields": [gap.get_field_display for gap in gaps], "due": registration.decide_by}
    _tell_both(registration, "registration_gaps", context, now=now)


def tell_of_gaps_again(registration_id, *, now: datetime) -> None:
    """No message has reached the firm: once more to both, and to the firm's head."""
    registration = registration_by_id(registration_id)
    gap_list = open_gap_list(registration)
    if gap_list is None:
        return
    context = {"fields": [gap.get_field_display for gap in open_gaps(registration)], "due": gap_list.answer_by}
    _tell_all(registration, "registration_gaps", context, once=f":{gap_list.tellings}", now=now)


def remind_of_gaps(registration_id, reminder_id, *, now: datetime) -> None:
    registration, reminder = registration_by_id(registration_id), gap_reminder_by_id(reminder_id)
    gap_list = open_gap_list(registration)
    if gap_list is None or reminder is None or reminder.gap_list_id != gap_list.pk:
        return  # answered, withdrawn or ended before the mail was written
    context, once = {"due": gap_list.answer_by}, f":{reminder.tellings}.{reminder.days}"
    _tell_all(registration, "registration_gaps_reminder", context, once=once, now=now)


def tell_of_acceptance(registration_id, *, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    due = {"due": registration.decide_by, "provisional": registration.decide_by_provisional}
    _tell_both(registration, "registration_accepted", due, now=now)


def tell_of_extension(registration_id, *, now: datetime) -> None:
    """Art. 11: more time, with the reason."""
    registration = registration_by_id(registration_id)
    context = {
        "reason": registration.extension_reason,
        "due": registration.decide_by,
        "provisional": registration.decide_by_provisional,
    }
    _tell_both(registration, "registration_extended", context, now=now)


def tell_of_registration(registration_id, *, now: datetime) -> None:
    """The number to the new CPA; to the agent, that it is done."""
    registration = registration_by_id(registration_id)
    context = {"membership": registration.membership, "signin": address_of("accounts:signin")}
    _tell_candidate(registration, "registration_admitted", context, now=now)
    _tell(registration, registration.agent, "registration_admitted_firm", {}, now=now)


def tell_of_registration_refused(registration_id, *, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    _tell_both(registration, "registration_refused", {"reason": get_reason(registration.reason_code)}, now=now)


def tell_of_registration_end(registration_id, *, how: str, now: datetime) -> None:
    registration = registration_by_id(registration_id)
    if registration.candidate_user_id or registration.filed_at:
        _tell_candidate(registration, "registration_ended", {"how": how}, now=now)
    _tell(registration, registration.agent, "registration_ended", {"how": how}, now=now)


def _tell_both(registration, template: str, context: dict, *, now: datetime) -> None:
    _tell_candidate(registration, template, context, now=now)
    _tell(registration, registration.agent, template, context, now=now)


def _tell_all(registration, template: str, context: dict, *, once: str, now: datetime) -> None:
    """Candidate, agent and the firm's heads: what must not be overlooked."""
    _tell_candidate(registration, template, context, once=once, now=now)
    heads = holders_at_firm(registration.firm, FirmRole.HEAD, day=civil_date(now))
    for reader in {user.pk: user for user in (registration.agent, *heads)}.values():
        _tell(registration, reader, template, context, once=once, now=now)


def _tell_candidate(registration, template: str, context: dict, *, once: str = "", now: datetime) -> None:
    answers = registration.answers
    reader = Reader(answers.get("email", ""), registration.language, answers.get("phone", ""))
    page = address_of("registrations:candidate_case", registration.reference)
    _send(registration, template, reader, {"page": page, **context}, who="candidate", once=once, now=now)


def _tell(registration, user, template: str, context: dict, *, once: str = "", now: datetime) -> None:
    """Somebody of the firm, by their account."""
    page = address_of("registrations:firm_case", registration.reference)
    reader = Reader(user.email, user.language)
    _send(registration, template, reader, {"page": page, **context}, who=str(user.pk), once=once, now=now)


def _send(
    registration, template: str, reader: Reader, context: dict, *, who: str, once: str = "", now: datetime
) -> None:
    """Once for each reader and version of the case: a second round is told again, a repeated delivery is not. `once`
    tells apart what is said several times of one version."""
    with override(reader.language):
        contact = contact_for(registration.association)
    context = {
        "reference": registration.reference,
        "association": registration.association,
        "firm": registration.firm.name,
        "contact": contact,
        "candidate_page": address_of("registrations:candidate_case", registration.reference),
        "firm_page": address_of("registrations:firm_case", registration.reference),
        **context,
    }
    send_once(
        template,
        reader,
        context,
        case=registration.reference,
        once=f"{who}:{registration.steps.count()}{once}",
        data_key=registration.data_key,
        now=now,
    )
