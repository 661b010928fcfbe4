"""How a reader comes to the pages that no address leads to: through the form before them, in any language."""

from django.urls import reverse

from tests.factories.accounts import PASSWORD

MEMBER = "member@example.org"


def _open(page, name: str, *arguments) -> None:
    page.goto(reverse(name, args=arguments))


def _send(page, button: str = "main form button[type=submit]") -> None:
    page.locator(button).first.click()
    page.wait_for_load_state()


def to_eligibility(page) -> None:
    _open(page, "applicants:question", "practising")
    page.locator("input[value=now]").check()
    _send(page)


def to_code(page) -> None:
    _open(page, "applicants:email")
    page.locator("input[name=email]").fill(MEMBER)
    _send(page)


def to_progress_code(page) -> None:
    _open(page, "applicants:progress")
    page.locator("input[name=reference]").fill("ZJ-2026-7K4M-9Q")
    page.locator("input[name=email]").fill(MEMBER)
    _send(page)


def to_refused_signin(page) -> None:
    _open(page, "accounts:signin")
    _send(page, "button[value=password]")


def to_signin_code(page) -> None:
    _open(page, "accounts:signin")
    page.locator("input[name=value]").fill(MEMBER)
    _send(page, "button[value=code]")


def to_second_factor(page) -> None:
    _open(page, "accounts:signin")
    page.locator("input[name=value]").fill("reviewer@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    _send(page, "button[value=password]")


def to_registration_code(page) -> None:
    _open(page, "registrations:candidate")
    page.locator("input[name=reference]").fill("ZJ-2026-P7K4M-9Q")
    page.locator("input[name=email]").fill(MEMBER)
    _send(page)


def to_tip_received(page) -> None:
    _open(page, "complaints:tip")
    page.locator("input[value=photo]").check()
    page.locator("textarea[name=text]").fill("照片不是持证人本人。")
    _send(page, "main form .btn-primary")


def to_letter_check(page) -> None:
    _open(page, "letters:ask")
    for name, value in (("addressee_kind", "named"), ("purpose", "body"), ("valid_days", "90")):
        page.locator(f"input[name={name}][value='{value}']").check()
    page.locator("input[name=addressee]").fill("Hong Kong Institute of Certified Public Accountants")
    page.locator("select[name=country]").select_option("HKG")
    for box in ("spelling_is_right", "consent"):
        page.locator(f"input[name={box}]").check()
    _send(page, "main form button")
