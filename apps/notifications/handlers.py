"""Which event leads to which mail. A return to the association is not among them: it asks nothing of the applicant.

Deliveries repeat; services.py sends each mail once.
"""

from apps.applicants import events as application_events
from apps.certificates import events as certificate_events
from apps.letters import events as letter_events
from apps.members import events as member_events
from apps.movements import events as movement_events
from apps.notifications.services import (
    letters,
    registrations,
    tell_of_admission,
    tell_of_appeal,
    tell_of_appeal_decided,
    tell_of_certificate,
    tell_of_correction,
    tell_of_declined_photo,
    tell_of_end,
    tell_of_erased_draft,
    tell_of_message,
    tell_of_receipt,
    tell_of_refusal,
    tell_of_undoing,
    tell_of_waiting_correction,
    tell_of_waiting_draft,
)
from apps.outbox.enums import Urgency
from apps.outbox.registry import handles
from apps.registrations import events as registration_events


@handles(application_events.SUBMITTED)
def send_receipt(payload, *, now):
    tell_of_receipt(payload["application_id"], now=now)


@handles(application_events.CORRECTION_REQUESTED)
def ask_for_correction(payload, *, now):
    tell_of_correction(payload["application_id"], now=now)


@handles(application_events.CORRECTION_TOLD_AGAIN)
def ask_for_correction_again(payload, *, now):
    tell_of_correction(payload["application_id"], now=now)


@handles(application_events.CORRECTION_REMINDED)
def remind_of_correction(payload, *, now):
    tell_of_waiting_correction(payload["reminder_id"], now=now)


@handles(application_events.DRAFT_REMINDED)
def remind_of_draft(payload, *, now):
    tell_of_waiting_draft(payload["reminder_id"], now=now)


@handles(application_events.DRAFT_ERASED)
def tell_of_erasure(payload, *, now):
    tell_of_erased_draft(payload["user_id"], draft=payload["draft"], language=payload["language"], now=now)


@handles(application_events.REFUSED)
def explain_refusal(payload, *, now):
    tell_of_refusal(payload["application_id"], now=now)


@handles(application_events.UNDONE)
def explain_undoing(payload, *, now):
    tell_of_undoing(payload["application_id"], now=now)


@handles(application_events.MESSAGE_WRITTEN)
def tell_of_written_message(payload, *, now):
    tell_of_message(payload["application_id"], payload["message_id"], now=now)


@handles(application_events.APPEALED)
def confirm_appeal(payload, *, now):
    tell_of_appeal(payload["appeal_id"], now=now)


@handles(application_events.APPEAL_DECIDED)
def explain_appeal(payload, *, now):
    tell_of_appeal_decided(payload["appeal_id"], now=now)


@handles(application_events.WITHDRAWN)
def confirm_withdrawal(payload, *, now):
    tell_of_end(payload["application_id"], how="withdrawn", now=now)


@handles(application_events.EXPIRED)
def tell_of_expiry(payload, *, now):
    tell_of_end(payload["application_id"], how="expired", now=now)


@handles(member_events.ADMITTED)
def welcome_member(payload, *, now):
    tell_of_admission(payload["membership_id"], case=payload["case"], person_id=payload["person_id"], now=now)


@handles(certificate_events.ISSUED)
def announce_certificate(payload, *, now):
    tell_of_certificate(
        payload["certificate_id"],
        membership_id=payload["membership_id"],
        case=payload["case"],
        person_id=payload["person_id"],
        now=now,
    )


@handles(certificate_events.ISSUED_IN_RUN)
def announce_certificates(payload, *, now):
    """Each once, however often the event is delivered; one that cannot be written keeps no other from its mail."""
    failures = []
    for one in payload["certificates"]:
        try:
            announce_certificate(one, now=now)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise failures[0]


@handles(movement_events.PHOTO_DECLINED)
def tell_of_declined(payload, *, now):
    tell_of_declined_photo(payload["offer_id"], now=now)


@handles(registration_events.INVITED)
def ask_candidate_to_confirm(payload, *, now):
    registrations.ask_candidate(payload["registration_id"], now=now)


@handles(registration_events.CONFIRMED)
def ask_head_to_commit(payload, *, now):
    registrations.ask_head(payload["registration_id"], now=now)


@handles(registration_events.DECLINED)
def tell_agent_of_no(payload, *, now):
    registrations.tell_agent_it_is_back(payload["registration_id"], by_candidate=True, now=now)


@handles(registration_events.SENT_BACK)
def tell_agent_of_return(payload, *, now):
    registrations.tell_agent_it_is_back(payload["registration_id"], by_candidate=False, now=now)


@handles(registration_events.FILED)
def confirm_filing(payload, *, now):
    registrations.tell_of_filing(payload["registration_id"], now=now)


@handles(registration_events.GAPS_REQUESTED)
def send_gaps(payload, *, now):
    registrations.tell_of_gaps(payload["registration_id"], now=now)


@handles(registration_events.GAPS_TOLD_AGAIN)
def send_gaps_again(payload, *, now):
    registrations.tell_of_gaps_again(payload["registration_id"], now=now)


@handles(registration_events.GAPS_REMINDED)
def remind_of_registration_gaps(payload, *, now):
    registrations.remind_of_gaps(payload["registration_id"], payload["reminder_id"], now=now)


@handles(registration_events.ACCEPTED)
def confirm_acceptance(payload, *, now):
    registrations.tell_of_acceptance(payload["registration_id"], now=now)


@handles(registration_events.ADMITTED)
def welcome_cpa(payload, *, now):
    registrations.tell_of_registration(payload["registration_id"], now=now)


@handles(registration_events.REFUSED)
def explain_registration_refusal(payload, *, now):
    registrations.tell_of_registration_refused(payload["registration_id"], now=now)


@handles(registration_events.WITHDRAWN)
def confirm_registration_withdrawal(payload, *, now):
    registrations.tell_of_registration_end(payload["registration_id"], how="withdrawn", now=now)


@handles(registration_events.EXPIRED)
def tell_of_registration_expiry(payload, *, now):
    registrations.tell_of_registration_end(payload["registration_id"], how="expired", now=now)


@handles(registration_events.EXTENDED)
def tell_of_more_time(payload, *, now):
    registrations.tell_of_extension(payload["registration_id"], now=now)


@handles(letter_events.REQUESTED)
def confirm_letter_request(payload, *, now):
    letters.tell_of_request(payload["letter_id"], now=now)


@handles(letter_events.PROPOSED)
def tell_of_checked_letter(payload, *, now):
    letters.tell_of_check(payload["letter_id"], now=now)


@handles(letter_events.ISSUED, urgency=Urgency.AT_ONCE)
def announce_letter(payload, *, now):
    letters.tell_of_letter(payload["letter_id"], now=now)


@handles(letter_events.REFUSED)
def explain_letter_refusal(payload, *, now):
    letters.tell_of_letter_refused(payload["letter_id"], now=now)


@handles(letter_events.WITHDRAWN)
def confirm_letter_withdrawal(payload, *, now):
    letters.tell_of_letter_end(payload["letter_id"], how="withdrawn", now=now)


@handles(letter_events.CANCELLED)
def confirm_letter_cancelling(payload, *, now):
    letters.tell_of_letter_end(payload["letter_id"], how="cancelled", now=now)


@handles(letter_events.REPLACED)
def tell_of_replaced_letter(payload, *, now):
    letters.tell_of_letter_end(payload["letter_id"], how="replaced", now=now)


@handles(letter_events.REISSUED)
def tell_of_letter_under_another_seal(payload, *, now):
    letters.tell_of_reissue(payload["letter_id"], now=now)


@handles(letter_events.ASK_ANEW)
def ask_to_ask_anew(payload, *, now):
    letters.tell_to_ask_anew(payload["letter_id"], now=now)
