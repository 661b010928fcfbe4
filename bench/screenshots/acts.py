"""Pages that only a form leads to: answers, refusals, codes. Each act ends on such a page and decides nothing."""

from datetime import UTC, datetime
from secrets import token_hex

from playwright.sync_api import Page

from tests.support.browser import Visit

BAD_ROLL = "全科合格证号,姓名,证件类型,证件号码,合格证日期,省份\nQZ,王*明,居民身份证,123,2099-13-45,火星\n"
LATELY = datetime.now(UTC).year - 1


def send(page: Page, fields: dict[str, str] | None = None, *, within: str = "main form") -> None:
    """Fill in by name, choose by name and value, and press the first button."""
    for name, value in (fields or {}).items():
        field = page.locator(f"{within} [name={name}]")
        kind = field.first.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            page.locator(f"{within} [name={name}][value='{value}']").check(force=True)
        elif field.first.evaluate("field => field.localName") == "select":
            field.first.select_option(value)
        else:
            field.first.fill(value)
    page.locator(f"{within} button.btn:not(.btn-link)").first.click()
    page.wait_for_load_state()


def sending(address: str, *steps: dict[str, str], within: str = "main form"):
    """Open, then send one form after another."""

    def act(visit: Visit) -> None:
        visit.page.goto(address)
        for fields in steps or ({},):
            send(visit.page, fields, within=within)

    return act


def _certificate(year: int) -> dict[str, str]:
    day = {"certificate_on_year": str(year), "certificate_on_month": "6", "certificate_on_day": "20"}
    return {"has_certificate": "yes"} | day


def _questions(*steps: dict[str, str]):
    return sending("/apply/questions/practising/", *steps)


NEVER, RESIDENT = {"practising": "never"}, {"identity_type": "resident_id"}
SOMEBODY = {"email": f"somebody-{token_hex(3)}@example.org"}
"""Another one each time: codes to one address are limited."""

VISITOR_ACTS = {
    "no answer": _questions({}),
    "a date that is none": _questions(NEVER, _certificate(LATELY) | {"certificate_on_month": "13"}),
    "the document": _questions(NEVER, _certificate(LATELY)),
    "eligible": _questions(NEVER, _certificate(LATELY), RESIDENT),
    "from abroad": _questions(NEVER, _certificate(LATELY), {"identity_type": "passport"}),
    "too late": _questions(NEVER, _certificate(2012), RESIDENT),
    "not yet": _questions(NEVER, {"has_certificate": "no"}),
    "through a firm": _questions({"practising": "wanted"}),
    "stop first": _questions({"practising": "now"}),
    "an address that is none": sending("/apply/email/", {"email": "nobody"}),
    "a code sent": sending("/apply/email/", SOMEBODY),
    "a wrong code": sending("/apply/email/", SOMEBODY, {"code": "000000"}),
    "no reference": sending("/progress/"),
    "a code for the progress": sending("/progress/", SOMEBODY | {"reference": "ZJ-2026-AAAA-AA"}),
    "nothing to sign in with": sending("/signin/"),
    "a wrong password": sending("/signin/", {"kind": "email", "value": "nobody@example.org", "password": "wrong"}),
    "no code to check": sending("/verify/"),
    "a wrong code to check": sending("/verify/", {"code": "22222222"}),
    "a number with a wrong name": sending("/verify/", within="main form:has([name=way][value=member])"),
    "a search without anything": sending("/register/"),
    "a search for nobody": sending("/register/", {"number": "330000999999"}),
}


def _draft_page(page: str, fields: dict[str, str] | None = None):
    return sending(f"/apply/{page}/", fields or {})


DRAFT_ACTS = {
    "a wrong identity number": _draft_page("identity", {"name": "王", "identity_number": "330100199001011111"}),
    "no certificate number": _draft_page("certificate", {"certificate_number": "QZ"}),
    "no association": _draft_page("association"),
    "a wrong phone": _draft_page("contact", {"phone": "12"}),
    "no photo": _draft_page("photo"),
    "nothing declared": _draft_page("declarations"),
}


def _follow(start: str, part: str, *, and_send: bool = False):
    """Open, click the first link with this in its address."""

    def act(visit: Visit) -> None:
        visit.page.goto(start)
        visit.page.locator(f"main a[href*='{part}']").first.click()
        visit.page.wait_for_load_state()
        if and_send:
            send(visit.page)

    return act


CANDIDATE_ACTS = {
    "correction": {"no correction": _follow("/account/", "/correction/", and_send=True)},
}


def _in_a_case(part: str):
    def act(visit: Visit) -> None:
        _follow("/office/applications/", "/office/applications/ZJ")(visit)
        visit.page.locator(f"main a[href$='/{part}/']").first.click()
        visit.page.wait_for_load_state()
        send(visit.page)

    return act


REVIEWER_ACTS = {"no reason": _in_a_case("refuse"), "nothing to correct": _in_a_case("correction")}


def _bad_roll(visit: Visit) -> None:
    visit.page.goto("/office/imports/roll/")
    file = {"name": "bad.csv", "mimeType": "text/csv", "buffer": BAD_ROLL.encode()}
    visit.page.locator("main [type=file]").set_input_files(file)
    send(visit.page)


REGISTRAR_ACTS = {"no file": sending("/office/imports/roll/"), "a faulty file": _bad_roll}
OFFICE_ACTS = {"zhejiang@example.org": REVIEWER_ACTS, "registrar@example.org": REGISTRAR_ACTS}
