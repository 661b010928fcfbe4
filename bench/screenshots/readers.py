"""Who looks at the portal: a visitor, a candidate in every state of a case, the officers of every role."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from apps.dashboard.management.journey.codes import authenticator_code, mailed_code, wait_for_next_code
from bench.screenshots.acts import CANDIDATE_ACTS, DRAFT_ACTS, OFFICE_ACTS, VISITOR_ACTS
from tests.support.browser import Visit

DRAFT_PAGES = ["tasks", "identity", "certificate", "association", "contact", "photo", "declarations", "check"]
GALLERY = ["/gallery/", "/gallery/?errors"]
OPEN = ["/", "/apply/questions/practising/", "/apply/questions/certificate/", "/apply/email/", "/verify/", *GALLERY]
OPEN += ["/register/?name=王小明", "/no-such-page/", "/signin/inactive/", "/signin/reset/sent/", "/signin/reset/done/"]
OPEN += ["/registration/", "/demo/mail/?to=confirmed@example.org", "/signin/reset/x-y/", "/v/2222222222222222"]


@dataclass
class Reader:
    """`starts` are opened, and whatever they lead to; `acts` make the pages that only a form leads to."""

    name: str
    starts: list[str]
    sign_in: Callable[[Visit, str], None] | None = None
    acts: dict[str, Callable] = field(default_factory=dict)
    wanders: bool = True


def readers_of(data: Path, *, only: list[str]) -> list[Reader]:
    demo = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
    if "cases" not in demo:
        raise SystemExit(f"{data} has no cases yet: bin/manage demo_cases")
    readers = [Reader("visitor", OPEN, acts=VISITOR_ACTS), *map(_candidate, demo["cases"])]
    readers = [reader for reader in readers if reader.name != "practising_draft"]  # that candidate knows nothing yet
    readers += [_officer(account) for account in demo["accounts"]]
    readers += [_at_firm(account) for account in demo.get("firm", {}).get("accounts", [])]
    return [reader for reader in readers if not only or any(reader.name.startswith(name) for name in only)]


def _candidate(case: dict) -> Reader:
    starts, acts = ["/account/", "/apply/"], {}
    if case["key"].startswith("practising"):
        return Reader(case["key"], [f"/registration/{case['reference']}/"], _by_reference(case))
    if case["reference"]:
        starts += [f"/progress/{case['reference']}/", f"/apply/receipt/{case['reference']}/"]
    if case["key"].startswith("draft"):
        starts += [f"/apply/{page}/" for page in DRAFT_PAGES]
        acts = DRAFT_ACTS if case["key"] == "draft_begun" else {}
    acts = CANDIDATE_ACTS.get(case["key"], acts)
    return Reader(case["key"], starts, _by_code(case["email"]), acts)


def _officer(account: dict) -> Reader:
    name = f"{account['role']}-{account['email'].split('@')[0]}"
    acts = OFFICE_ACTS.get(account["email"], {})
    return Reader(name, ["/office/", "/account/security/"], _by_password(account), acts)


def _at_firm(account: dict) -> Reader:
    return Reader(f"firm-{account['role']}", ["/firm/", "/firm/seats/"], _by_password(account, "/firm/"))


def _by_code(email: str):
    def sign_in(visit: Visit, address: str) -> None:
        earlier = _newest_code(address, email)
        page = visit.page
        page.goto("/signin/")
        page.get_by_label("电子邮箱").check()
        page.fill("[name=value]", email)
        page.get_by_role("button", name="用邮箱验证码登录").click()
        page.fill("[name=code]", mailed_code(address, email, after=earlier))
        page.locator("main form button.btn-primary").click()
        page.wait_for_url("**/account/**")

    return sign_in


def _by_reference(case: dict):
    """A firm's candidate needs no account: reference, address, code."""

    def sign_in(visit: Visit, address: str) -> None:
        earlier = _newest_code(address, case["email"])
        page = visit.page
        page.goto("/registration/")
        page.fill("[name=reference]", case["reference"])
        page.fill("[name=email]", case["email"])
        page.locator("main form button.btn-primary").click()
        page.fill("[name=code]", mailed_code(address, case["email"], after=earlier))
        page.locator("main form button.btn-primary").click()
        page.wait_for_url(f"**/registration/{case['reference']}/**")

    return sign_in


def _newest_code(address: str, email: str) -> str:
    found = re.findall(r"(?<!\d)(\d{6})(?!\d)", httpx.get(f"{address}/demo/mail/", params={"to": email}).text)
    return found[0] if found else ""


def _by_password(account: dict, home: str = "/office/"):
    def sign_in(visit: Visit, address: str) -> None:
        page = visit.page
        page.goto(f"/signin/?next={home}")
        page.get_by_label("电子邮箱").check()
        page.fill("[name=value]", account["email"])
        page.fill("[name=password]", account["password"])
        page.get_by_role("button", name="登录", exact=True).click()
        for _attempt in range(2):
            page.fill("[name=code]", authenticator_code(account["totp_secret"]))
            page.locator("main form button.btn-primary").click()
            page.wait_for_load_state()
            if home in page.url:
                return
            wait_for_next_code()
        raise SystemExit(f"{account['email']} cannot sign in: {page.url}")

    return sign_in
