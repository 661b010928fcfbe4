"""The page behind the QR: the browser checks the token itself, also without a network; nothing false is valid."""

import json

import pytest
from playwright.sync_api import expect

from apps.certificates.models import TokenKey
from tests.support import token_vectors
from tests.support.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VECTORS = json.loads(token_vectors.PATH.read_text())
JUDGE_ALL = """async (vectors) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const said = [];
  for (const each of vectors.cases) {
    const keys = await cicpaToken.readKeys(vectors.keys[each.keys]);
    const lists = each.lists.map((name) => cicpaToken.readStatusList(bytes(vectors.lists[name])));
    const [page, text] = each.qr.includes("#") ? each.qr.split("#") : [null, each.qr];
    const code = page === null ? null : page.replace(/\\/$/, "").split("/").pop();
    const trusted = await cicpaToken.trustedLists(lists, keys);
    const { word, cause } = await cicpaToken.check(code, text, keys, trusted, Date.parse(each.at));
    said.push([each.name, word, word === "unreadable" ? "" : cause]);
  }
  return said;
}"""
WORKER_IS_THERE = """async () => {
  const workers = navigator.serviceWorker;
  if (!workers.controller) await new Promise((go) => workers.addEventListener("controllerchange", go, { once: true }));
}"""


def address(certificate, *, code=None, token=None) -> str:
    statement = certificate.statement
    return f"/v/{code or statement['code']}#{statement['token'] if token is None else token}"


def open_page(reader, path: str) -> str:
    """The word that the page shows in the end."""
    reader.page.goto("about:blank")  # otherwise only the part behind the # changes, and no page is loaded
    reader.page.goto(path)
    expect(reader.page.locator("#token-check[data-done]")).to_be_attached()
    return reader.page.locator(".verdict-word").inner_text().strip()


def without_network(reader) -> None:
    reader.page.evaluate(WORKER_IS_THERE)
    reader.context.set_offline(True)


def forgive_the_missing_network(reader) -> None:
    reader.problems[:] = [each for each in reader.problems if "ERR_INTERNET_DISCONNECTED" not in each]


def test_page_judges_every_published_vector_as_the_verifier_does(visit, certificate):
    reader = visit()
    open_page(reader, address(certificate))
    said = reader.page.evaluate(JUDGE_ALL, VECTORS)
    assert said == [[case["name"], case["verdict"], case["cause"]] for case in VECTORS["cases"]]


def test_firefox_judges_alike(visit, firefox, certificate):
    reader = visit(browser=firefox)
    assert open_page(reader, address(certificate)) == "有效"
    assert "王芳" in reader.page.locator("#compare").inner_text()
    said = reader.page.evaluate(JUDGE_ALL, VECTORS)
    assert said == [[case["name"], case["verdict"], case["cause"]] for case in VECTORS["cases"]]


def test_name_and_number_are_shown_and_never_sent(visit, certificate):
    reader, asked = visit(width=360), []
    reader.page.on("request", lambda request: asked.append(f"{request.url} {request.headers}"))
    assert open_page(reader, address(certificate)) == "有效"
    shown = reader.page.locator("#compare").inner_text()
    assert "王芳" in shown
    assert certificate.membership.number in shown.replace(" ", "")
    assert "王*" not in reader.page.locator("main").inner_text()
    assert asked
    assert not [each for each in asked if certificate.statement["token"] in each]
    assert reader.overflow() == 0


def test_false_tokens_and_withheld_lists_never_pass_beside_the_servers_answer(visit, certificate):
    reader, token = visit(), certificate.statement["token"]
    reader.expected_statuses.add(503)
    reader.page.route("**/verify/status/*", lambda route: route.fulfill(status=503), times=1)
    assert open_page(reader, address(certificate)) == "状态未知"
    for false in (token[:100] + ("A" if token[100] != "A" else "B") + token[101:], token[:-8], "X"):
        assert open_page(reader, address(certificate, token=false)) == "二维码不可信"
        expect(reader.page.locator("#compare")).to_be_hidden()
    TokenKey.objects.update(state="revoked", revoked_at=certificate.issued_at)
    assert open_page(reader, address(certificate)) == "二维码不可信"
    assert "吊销" in reader.page.locator("main").inner_text()


def test_opened_once_it_checks_without_a_network(certificate, published, visit):
    reader = visit(width=360, language="en-GB", address=published)
    assert open_page(reader, address(certificate)) == "Valid"
    without_network(reader)
    assert open_page(reader, address(certificate)) == "Valid"
    assert "Status list issued" in reader.page.locator("main").inner_text()
    assert open_page(reader, address(certificate, code="0" * 26)) == "QR code not genuine"
    assert open_page(reader, address(certificate, token="")) == "Network needed"
    reader.page.clock.set_fixed_time("2031-01-01T00:00:00Z")
    assert open_page(reader, address(certificate)) == "Standing unknown"
    reader.page.clock.set_fixed_time("2019-01-01T00:00:00Z")
    assert open_page(reader, address(certificate)) == "Standing unknown"
    assert reader.overflow() == 0
    forgive_the_missing_network(reader)


def test_browser_without_the_signature_says_so_and_leaves_the_servers_answer(visit, certificate):
    reader = visit()
    reader.page.add_init_script(
        "if (crypto.subtle) crypto.subtle.importKey = () => Promise.reject(new Error('unknown'))"
    )
    assert open_page(reader, address(certificate)) == "有效"
    assert "请换用新版的浏览器" in reader.page.locator("main").inner_text()
    expect(reader.page.locator("#compare")).to_be_hidden()


def test_without_scripts_the_server_answers_with_the_name_masked(visit, certificate):
    reader = visit(scripts=False)
    reader.page.goto(address(certificate))
    assert reader.page.locator(".verdict-word").inner_text().strip() == "有效"
    assert "王*" in reader.page.locator("main").inner_text()


def test_page_with_its_token_is_accessible(visit, certificate):
    assert faults_of(visit(width=360), [address(certificate)]) == []
