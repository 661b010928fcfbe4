"""Every page of the portal with somebody who may read it: one list for whatever looks at all of them.

A new page is a line here: the name of its address, its reader, and its arguments; "{case sent}" is a word that the
stage (tests/support/stage.py) has made, anything else stands for itself. What is no page stands in NOT_A_PAGE.

    for page in EVERY_PAGE:
        stage.open(reader, page)
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.support import ways

STRANGER = "stranger"


@dataclass(frozen=True)
class Page:
    name: str
    """Of its address in the URL configuration."""
    reader: str = STRANGER
    """A key of the stage's users, or STRANGER."""
    arguments: tuple[str, ...] | dict[str, str] = ()
    query: str = ""
    way: Callable | None = None
    """What the reader does first; it ends on this page."""
    status: int = 200

    def __str__(self) -> str:
        return " ".join(
            filter(None, (self.name, str(self.arguments or ""), self.query, self.reader, self.way and "by its way"))
        )


def _pages(reader: str, *names: str) -> list[Page]:
    return [Page(name, reader) for name in names]


def _of_cases(reader: str, names: list[str], word: str) -> list[Page]:
    return [Page(name, reader, (f"{{{word}}}",)) for name in names]


OPEN = [
    *_pages(
        STRANGER,
        "dashboard:home",
        "dashboard:display",
        "dashboard:figures",
        "dashboard:privacy",
        "dashboard:accessibility",
        "dashboard:gallery",
        "associations:directory",
        "content:announcements",
        "members:register",
        "verification:verify",
        "applicants:apply",
        "applicants:email",
        "applicants:progress",
        "accounts:signin",
        "accounts:signout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ),
    *(Page("dashboard:gallery_page", arguments=(page,)) for page in ("not-found", "work-list-full")),
    Page("dashboard:gallery", query="?errors"),
    Page("content:announcement", arguments=("{document}",)),
    Page("members:register", query="?name=王小明"),
    Page("members:register", query="?name=没有这个人"),
    *(Page("applicants:question", arguments=(step,)) for step in ("practising", "certificate", "document")),
    Page("applicants:eligibility", way=ways.to_eligibility),
    Page("applicants:code", way=ways.to_code),
    Page("applicants:progress_code", way=ways.to_progress_code),
    Page("accounts:signin", way=ways.to_refused_signin),
    Page("accounts:signin_code", way=ways.to_signin_code),
    Page("account_reset_password_from_key", arguments=("{user}", "{key}")),
    Page("account_reset_password_from_key", arguments=("{user}", "used-key")),
    Page("verification:check", arguments=("{certificate}",)),
    Page("verification:check", arguments=("{certificate}",), query="?on_year=2025&on_month=3&on_day=1"),
    Page("verification:offline"),
    Page("verification:check", arguments=("NO-SUCH-CODE",), status=404),
    Page("verification:shared", arguments=("{shared secret}",)),
    Page("complaints:tip"),
    Page("complaints:tip", query="?code=5F1D3233G4R5MGAN3DYPJSFX90"),
    Page("complaints:received", way=ways.to_tip_received),
    Page("verification:shared", arguments=("revoked-or-never-made",), status=404),
]

CANDIDATE = [
    *_pages("candidate", "applicants:apply", "applicants:tasks", "applicants:check", "dashboard:account"),
    *_pages("beginner", "applicants:tasks", "applicants:check"),
    Page("applicants:attachments", "candidate"),
    Page("applicants:page", "former", ("practising",)),
    Page("applicants:tasks", "latecomer"),
    *(
        Page("applicants:page", reader, (page,))
        for reader in ("beginner", "candidate")
        for page in ("identity", "certificate", "association", "contact", "photo", "declarations")
    ),
]

REGISTRATION_STATES = ["awaiting_candidate", "awaiting_firm", "filed", "gaps", "accepted", "admitted", "refused"]
STATES = ["submitted", "correction_requested", "agreed", "sent", "returned", "confirmed", "refused", "withdrawn"]
APPLICANT = [
    *(Page("applicants:progress_case", f"applicant {state}", (f"{{case {state}}}",)) for state in STATES),
    *(Page("dashboard:account", f"applicant {state}") for state in ("submitted", "confirmed")),
    Page("movements:photo", "member"),
    Page("movements:photo", "offerer"),
    Page("applicants:receipt", "applicant submitted", ("{case submitted}",)),
    Page("applicants:progress", "applicant submitted"),
    Page("applicants:answer", "applicant correction_requested", ("{case correction_requested}",)),
    Page("applicants:progress_attachments", "applicant correction_requested", ("{case correction_requested}",)),
    Page("applicants:withdraw", "applicant submitted", ("{case submitted}",)),
    Page("applicants:appeal", "applicant refused", ("{case refused}",)),
    Page("applicants:progress_case", "appellant", ("{appealed case}",)),
    Page("applicants:progress_case", "applicant written", ("{case written}",)),
    Page("applicants:reply", "applicant written", ("{case written}",)),
    Page("applicants:progress_case", "applicant undone", ("{case undone}",)),
    Page("dashboard:account", "applicant undone"),
]

ACCOUNT = [
    Page("dashboard:account", "member"),
    Page("verification:links", "member"),
    Page("verification:new_link", "member", ("{membership}",)),
    *_pages(
        "member",
        "accounts:security",
        "account_reauthenticate",
        "account_change_password",
        "mfa_activate_totp",
    ),
    Page("account_set_password", "candidate"),
    *_pages(
        "reviewer",
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    ),
    Page("mfa_authenticate", way=ways.to_second_factor),
]

OFFICE = [
    *(Page("dashboard:office", reader) for reader in ("reviewer", "rechecker", "registrar", "operator")),
    Page("dashboard:deliveries", "operator"),
    *_pages("reviewer", "applicants:worklist", "applicants:batches", "applicants:unreached"),
    *_pages("rechecker", "applicants:late_questions", "applicants:appeals"),
    Page("applicants:appeal_case", "rechecker", ("{appealed case}",)),
    *_pages("reviewer", "applicants:views", "associations:leave"),
    *(Page("applicants:worklist", "reviewer", query=f"?pile={pile}") for pile in ("green", "open", "decided")),
    Page("applicants:worklist", "reviewer", query="?left=near&officer=nobody&checks=green"),
    Page("applicants:green", "rechecker"),
    Page("applicants:green", "rechecker", query="?tick=all"),
    *_of_cases("reviewer", ["applicants:case", "applicants:correction", "applicants:refuse"], "case submitted"),
    Page("applicants:hold", "reviewer", ("{case submitted}",)),
    *(Page("applicants:case", "reviewer", (f"{{case {word}}}",)) for word in ("written", "held", "unsettled")),
    Page("applicants:recheck_case", "rechecker", ("{case written}",)),
    Page("applicants:undos", "rechecker"),
    Page("complaints:office", "rechecker"),
    Page("complaints:office", "rechecker", query="?pile=answered"),
    Page("complaints:office_tip", "rechecker", ("{tip}",)),
    Page("complaints:office_tip", "rechecker", ("{answered tip}",)),
    *_pages("reviewer", "movements:photos", "movements:desk_photo"),
    Page("movements:photo_offer", "reviewer", ("{photo offer}",)),
    Page("people:conflicts", "reviewer"),
    Page("applicants:case", "reviewer", ("{case conflicted}",), status=403),
    *(Page("applicants:undo", "rechecker", (f"{{case {word}}}",)) for word in ("confirmed", "doubted", "undone")),
    *(Page("applicants:case", "reviewer", (f"{{case {state}}}",)) for state in STATES[1:]),
    *_of_cases("reviewer", ["applicants:batch", "applicants:sheet"], "open batch"),
    Page("applicants:recheck", "rechecker"),
    Page("applicants:recheck_batch", "rechecker", ("{sent batch}",)),
    *_of_cases(
        "rechecker", ["applicants:recheck_case", "applicants:recheck_return", "applicants:recheck_hold"], "case sent"
    ),
    *(Page("imports:upload", "registrar", {"kind": kind}) for kind in ("roll", "members", "facts")),
    Page("imports:upload", "reviewer", {"kind": "roll_photos"}),
    *(
        Page("imports:upload", reader, {"kind": kind})
        for kind in ("member_photos", "member_records")
        for reader in ("reviewer", "registrar")
    ),
    Page("imports:job", "reviewer", {"kind": "member_photos", "job_id": "{photo import}"}),
    *_pages("registrar", "standing:facts", "standing:add_fact", "rules:rules", "rules:calendars"),
    Page("rules:rule", "registrar", ("application.local_days",)),
    Page("dashboard:rule_change", "registrar", ("application.local_days",)),
    Page("dashboard:rule_change", "registrar", ("application.required_documents",)),
    Page("rules:calendar", "registrar", ("2026",)),
    Page("standing:fact", "registrar", ("{fact}",)),
    Page("imports:job", "registrar", {"kind": "roll", "job_id": "{import}"}),
    Page("certificates:office", "registrar"),
    Page("certificates:run", "registrar", ("{run}",)),
]

ADMINISTRATION = [
    *_pages("administrator", "dashboard:office", "associations:seats", "associations:invite"),
    Page("associations:seat", "administrator", ("{seat}",)),
    Page("people:staff_person", "administrator", ("{unlinked user}",)),
]

REGISTRATIONS = [
    Page("registrations:candidate"),
    Page("registrations:candidate_code", way=ways.to_registration_code),
    *(
        Page("registrations:candidate_case", f"practising {state}", (f"{{registration {state}}}",))
        for state in REGISTRATION_STATES
    ),
    *(
        Page(f"registrations:candidate_{name}", "practising awaiting_candidate", ("{registration awaiting_candidate}",))
        for name in ("decline", "withdraw")
    ),
    *_pages("agent", "registrations:firm", "firms:seats"),
    Page("registrations:firm", "agent", query="?pile=closed"),
    Page("firms:seats", "head"),
    *(Page("registrations:firm_case", "agent", (f"{{registration {state}}}",)) for state in REGISTRATION_STATES),
    Page("registrations:firm_case", "agent", ("{registration draft}",)),
    *(
        Page("registrations:firm_page", "agent", ("{registration draft}", page))
        for page in ("identity", "certificate", "experience", "contact", "photo")
    ),
    Page("registrations:firm_withdraw", "agent", ("{registration filed}",)),
    *(Page(f"registrations:firm_{name}", "head", ("{registration awaiting_firm}",)) for name in ("file", "send_back")),
    *_pages("reviewer", "registrations:office", "registrations:export", "registrations:reconciliation"),
    *(
        Page("registrations:office_case", "reviewer", (f"{{registration {state}}}",))
        for state in ("filed", "gaps", "accepted", "admitted", "refused")
    ),
    Page("registrations:gaps", "reviewer", ("{registration filed}",)),
    Page("registrations:duties", "reviewer"),
    *(
        Page("registrations:office_case", "reviewer", (f"{{registration inside {state}}}",))
        for state in ("accepted", "proposed")
    ),
    Page("registrations:office_case", "director", ("{registration inside accepted}",)),
    *(
        Page(f"registrations:{name}", "reviewer", ("{registration inside accepted}",))
        for name in ("refuse", "extension")
    ),
    Page("registrations:disagree", "reviewer", ("{registration inside proposed}",)),
    Page("firms:office_firms", "reviewer"),
    Page("firms:office_firm", "reviewer", ("33000012",)),
    Page("imports:upload", "registrar", {"kind": "firms"}),
    Page("imports:upload", "reviewer", {"kind": "platform_results"}),
]

LETTER_STATES = ["requested", "proposed", "issued", "refused", "withdrawn", "cancelled", "replaced"]
LETTERS = [
    *_pages("member", "letters:own", "letters:ask"),
    Page("letters:ask", "member", way=ways.to_letter_check),
    Page("letters:own", "candidate"),
    *(Page("letters:letter", f"asker {state}", (f"{{letter {state}}}",)) for state in LETTER_STATES),
    Page("letters:own", "asker refused"),
    *(Page("letters:end", f"asker {state}", (f"{{letter {state}}}",)) for state in ("requested", "issued")),
    *(Page("letters:office", "rechecker", query=f"?pile={pile}") for pile in ("check", "approve", "making", "done")),
    *(Page("letters:office_letter", "rechecker", (f"{{letter {state}}}",)) for state in (*LETTER_STATES, "status")),
    Page("letters:propose_refusal", "rechecker", ("{letter requested}",)),
    Page("letters:disagree", "rechecker", ("{letter proposed}",)),
    Page("verification:check", arguments=("{letter code}",)),
    Page("verification:check", arguments=("{cancelled letter code}",)),
    *_pages("registrar", "standing:member_records", "standing:add_member_record"),
    Page("standing:member_record", "registrar", ("{member record}",)),
]

EVERY_PAGE = [*OPEN, *CANDIDATE, *APPLICANT, *ACCOUNT, *OFFICE, *REGISTRATIONS, *ADMINISTRATION, *LETTERS]

NOT_A_PAGE = {
    "dashboard:rule_end": "takes a form only",
    "healthz": "a word for machines",
    "applicants:phone_call": "takes a form and sends back",
    "applicants:tell_again": "takes a form and sends back",
    "applicants:send_again": "takes a form and sends back",
    "applicants:progress_receipt": "a PDF",
    "applicants:progress_letter": "a PDF",
    "applicants:appeal_letter": "a PDF",
    "applicants:letter": "a PDF",
    "applicants:again": "takes a form and sends on",
    "mail:reports": "mail servers report here",
    "readyz": "a list for machines",
    "set_language": "takes a form and sends back",
    "account_login": "a second name of accounts:signin",
    "account_signup": "sends on to /apply/",
    "mfa_index": "a second name of accounts:security",
    "mfa_download_recovery_codes": "a text file",
    "applicants:photo_file": "a picture",
    "movements:own_picture": "a picture",
    "movements:offer_picture": "a picture",
    "movements:withdraw_photo": "takes a form and sends back",
    "applicants:attachment_page": "a picture",
    "applicants:progress_attachment_page": "a picture",
    "applicants:case_attachment_page": "a picture",
    "applicants:recheck_attachment_page": "a picture",
    "applicants:progress_photo": "a picture",
    "applicants:photo": "a picture",
    "applicants:recheck_photo": "a picture",
    "applicants:roll_photo": "a picture",
    "applicants:recheck_roll_photo": "a picture",
    "applicants:agree": "takes a form; opened, it leads back to the case",
    "people:end_relation": "takes a form; opened, it leads back to the declarations",
    "applicants:undo_decide": "takes a form; opened, it leads back to the undoing",
    "applicants:recheck_lift": "takes a form; opened, it leads back to the case",
    "applicants:lift": "takes a form; opened, it leads back to the case",
    **{
        f"applicants:{name}": "takes a form; opened, it leads back to the case"
        for name in ("note", "message", "answers_read", "ask", "question_answer")
    },
    "applicants:roll_choice": "takes a form; opened, it leads back to the case",
    "applicants:possible_person": "takes a form; opened, it leads back to the case",
    "applicants:pass_on": "takes a form; opened, it leads back to the case",
    "applicants:handling": "takes a form; opened, it leads back to the case",
    "applicants:take_back": "takes a form; opened, it leads back to the case",
    "applicants:next": "takes a form; opened, it leads back to the list",
    "applicants:bulk": "takes a form; opened without results, it leads back to the list",
    "applicants:recheck_confirm": "takes a form; opened, it leads back to the case",
    "certificates:download": "a PDF",
    "complaints:note": "takes a form; opened, it leads back to the tip",
    "complaints:answer": "takes a form; opened, it leads back to the tip",
    "complaints:picture": "a picture",
    "certificates:retry_names": "acts, and leads back",
    "verification:revoke_link": "takes a form; opened, it leads back to the links",
    "verification:worker": "a script that a browser keeps",
    "verification:keys": "a document for programs",
    "verification:evidence": "a document for programs",
    "verification:status_list": "a file for programs",
    **{
        f"registrations:{name}": "takes a form; opened, it leads back to the case"
        for name in (
            *("firm_invite", "firm_take_back", "candidate_confirm", "accept", "confirmation", "telling"),
            *("propose", "approve", "extend"),
        )
    },
    **dict.fromkeys(
        ("registrations:firm_photo", "registrations:candidate_photo", "registrations:office_photo"), "a picture"
    ),
    **{f"registrations:{side}_letter": "a PDF" for side in ("firm", "candidate", "office")},
    "registrations:reconciliation_file": "a CSV",
    **{
        f"letters:{name}": "takes a form; opened, it leads back to the letter"
        for name in ("propose", "approve", "refuse")
    },
    **dict.fromkeys(("letters:file", "letters:office_file"), "a PDF"),
    "associations:seat_end": "takes a form only",
    "associations:seat_move": "takes a form only",
    "imports:commit": "takes a form only",
    "imports:faulty_rows": "a CSV",
    "imports:undo": "takes a form only",
    "imports:results": "a CSV",
}
"""Addresses that show no page, by name, with the reason."""
