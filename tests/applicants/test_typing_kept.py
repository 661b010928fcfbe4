"""An officer whose session ends while typing a decision loses nothing: it is there again after signing in."""

import re

import pytest
import time_machine
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application
from tests.factories.applicants import NOW, first_reason, make_application, rechecker, reviewer

pytestmark = pytest.mark.django_db
WORDS = "来函说明证书持有人另有其人，请核实。"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def seat(client, desk, monkeypatch):
    """`seat(actor)` sits at the desk, `seat(None)` is the same browser after the session has ended."""

    def sit(actor):
        if actor is not None:
            return desk(actor)
        monkeypatch.undo()
        client.logout()
        return client

    return sit


def form_of(page: str) -> dict:
    return {name: re.search(f'name="{name}" value="([^"]*)"', page).group(1) for name in ("typed_by", "version")}


PAGES = [
    ("refuse", State.SUBMITTED, reviewer, {"reason": first_reason, "note": WORDS}),
    ("correction", State.SUBMITTED, reviewer, {"ask_photo": "on", "note_photo": WORDS}),
    ("hold", State.SUBMITTED, reviewer, {"reason": "hold.other", "note": WORDS}),
    ("recheck_return", State.SENT, rechecker, {"reason": first_reason, "note": WORDS}),
]


@pytest.mark.parametrize(("name", "state", "office", "typed"), PAGES)
def test_what_was_typed_stands_there_again_after_signing_in(seat, client, name, state, office, typed):
    case, officer = make_application(state=state), office()
    kind = "return" if name == "recheck_return" else "refusal"
    typed = {key: value(kind) if callable(value) else value for key, value in typed.items()}
    address = reverse(f"applicants:{name}", args=[case.reference])
    sent = typed | form_of(seat(officer).get(address).content.decode())
    answer = seat(None).post(address, sent)
    assert answer.status_code == 302 and f"next={address}" in answer["Location"]
    told = client.get(answer["Location"]).content.decode()
    assert "已替您保存" in told and WORDS not in told
    assert Application.objects.get(pk=case.pk).state == state
    again = seat(officer).get(address).content.decode()
    assert WORDS in again
    assert WORDS not in seat(officer).get(address).content.decode(), "handed over once"


class TestNobodyElse:
    @pytest.fixture
    def case(self):
        return make_application()

    @pytest.fixture
    def address(self, case):
        return reverse("applicants:refuse", args=[case.reference])

    def lost(self, seat, address, officer, **changes):
        sent = form_of(seat(officer).get(address).content.decode()) | {"note": WORDS} | changes
        seat(None).post(address, sent)

    def test_reads_it_and_it_goes_with_whoever_comes_next(self, seat, address):
        officer = reviewer()
        self.lost(seat, address, officer)
        assert WORDS not in seat(reviewer()).get(address).content.decode()
        assert WORDS not in seat(officer).get(address).content.decode()

    def test_it_waits_while_its_author_looks_at_other_pages(self, seat, address, case):
        officer = reviewer()
        self.lost(seat, address, officer)
        other = reverse("applicants:correction", args=[case.reference])
        assert WORDS not in seat(officer).get(other).content.decode()
        assert WORDS in seat(officer).get(address).content.decode()

    @pytest.mark.parametrize("changes", [{"typed_by": "forged"}, {"typed_by": ""}, {"note": "长" * 64_000}])
    def test_what_names_no_author_or_is_too_long_is_not_kept_and_says_so(self, seat, address, client, changes):
        officer = reviewer()
        self.lost(seat, address, officer, **changes)
        assert "core.kept_typing" not in client.session
        assert "后退" in client.get(reverse("accounts:signin")).content.decode()

    def test_it_lies_sealed_in_the_session(self, seat, address, client):
        self.lost(seat, address, reviewer())
        assert WORDS not in str(dict(client.session)) and client.session["core.kept_typing"]
