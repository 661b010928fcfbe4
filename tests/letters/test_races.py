"""Two at once: one request, one decision, one letter."""

from functools import partial

import pytest

from apps.core.errors import PortalError
from apps.letters.enums import State
from apps.letters.models import Letter, Step
from apps.letters.services import approve_letter, cancel_letter, propose_letter, withdraw_request
from apps.outbox.models import Event
from tests.factories.letters import asker_of, by, make_asker, make_letter, make_request, officer
from tests.support.parallel import quiet_worker, together  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_worker", "drawn_quickly")]


def test_many_presses_make_one_request():
    actor = make_asker()
    done = together([lambda: make_request(actor)] * 8, workers=8)
    assert sum(isinstance(result, Letter) for result in done) == 1
    assert all(isinstance(result, Letter | PortalError) for result in done)
    assert Letter.objects.count() == Event.objects.filter(name="letter.requested").count() == 1


def test_many_officers_approve_once():
    letter = make_letter(State.PROPOSED)
    given = [by(letter, officer()) for _ in range(8)]
    done = together([partial(approve_letter, **each) for each in given], workers=8)
    assert sum(isinstance(result, Letter) for result in done) == 1
    assert Event.objects.filter(name="letter.approved").count() == 1
    assert Step.objects.filter(letter=letter, action="approve").count() == 1


def test_member_withdraws_while_officers_decide_and_one_of_them_is_first():
    letter = make_letter(State.PROPOSED)
    asked = [by(letter, officer()), by(letter, asker_of(letter)), by(letter, officer()), by(letter, officer())]
    services = (approve_letter, withdraw_request, approve_letter, propose_letter)
    acts = [partial(service, **given) for service, given in zip(services, asked, strict=True)]
    done = together(acts, workers=4)
    assert sum(isinstance(result, Letter) for result in done) == 1
    assert Letter.objects.get(pk=letter.pk).state in {State.APPROVED, State.WITHDRAWN}


def test_letter_is_cancelled_once():
    letter = make_letter(State.ISSUED)
    given = by(letter, asker_of(letter))
    done = together([lambda: cancel_letter(**given)] * 4, workers=4)
    assert sum(isinstance(result, Letter) for result in done) == 1
    assert Event.objects.filter(name="letter.cancelled").count() == 1
