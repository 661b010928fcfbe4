"""Who is told what about a registration, once, each in their own language."""

import re

import pytest

from apps.mail.models import Message
from apps.notifications import handlers
from apps.outbox.registry import handler_names
from apps.registrations import events
from apps.registrations.enums import State
from apps.registrations.services import deciding
from tests.factories.registrations import (
    NOW,
    decide_inside,
    fresh,
    given,
    head_of,
    make_registration,
    officer,
    the_firm,
)

pytestmark = pytest.mark.django_db

CASES = [
    (State.AWAITING_CANDIDATE, handlers.ask_candidate_to_confirm, {"candidate"}),
    (State.AWAITING_FIRM, handlers.ask_head_to_commit, {"head"}),
    (State.FILED, handlers.confirm_filing, {"candidate", "agent"}),
    (State.GAPS, handlers.send_gaps, {"candidate", "agent"}),
    (State.ACCEPTED, handlers.confirm_acceptance, {"candidate", "agent"}),
    (State.ADMITTED, handlers.welcome_cpa, {"candidate", "agent"}),
    (State.REFUSED, handlers.explain_registration_refusal, {"candidate", "agent"}),
    (State.WITHDRAWN, handlers.confirm_registration_withdrawal, {"candidate", "agent"}),
    (State.EXPIRED, handlers.tell_of_registration_expiry, {"candidate", "agent"}),
]


def payload(case):
    return {"registration_id": str(case.pk), "reference": case.reference}


def mails_of(case):
    return list(Message.objects.filter(case=case.reference, channel="email").order_by("created_at"))


@pytest.mark.parametrize(("state", "handler", "readers"), CASES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_step_tells_its_readers_once_in_their_language(state, handler, readers, language):
    head_of(the_firm())
    case = make_registration(state)
    case.language = language
    case.save(update_fields=["language"])
    for _time in range(3):
        handler(payload(case), now=NOW)
    addresses = {"candidate": case.answers["email"], "agent": case.agent.email}
    if "head" in readers:
        from django.contrib.auth import get_user_model

        addresses["head"] = get_user_model().objects.get(pk=head_of(case.firm).user_id).email
    mails = mails_of(case)
    assert sorted(m.open_part("address") for m in mails) == sorted(addresses[reader] for reader in readers)
    for message in mails:
        text = message.open_part("subject") + message.open_part("text")
        assert case.reference in text
        assert re.search(r"\d{3,4}-\d{7,8}", text)
        if message.open_part("address") == addresses["candidate"] and language == "en":
            assert not re.search(
                r"[一-鿿]", re.sub(r"杭州诚信会计师事务所（特殊普通合伙）|材料与事实不符|中文", "", text)
            )


def test_declining_and_sending_back_tell_the_agent():
    case = make_registration(State.DRAFT)
    handlers.tell_agent_of_no(payload(case), now=NOW)
    assert "申请人没有同意" in mails_of(case)[0].open_part("text")


def test_extension_tells_its_reason_and_the_new_day():
    decide_inside()
    case = make_registration(State.ACCEPTED)
    deciding.ask_for_extension(**given(case, officer()), reason="核实审计经历")
    deciding.extend_registration(**given(fresh(case), officer(role="director")))
    handlers.tell_of_more_time(payload(case), now=NOW)
    text = mails_of(case)[0].open_part("text")
    assert "核实审计经历" in text
    assert "2026年4月14日" in text


def test_second_round_is_told_again():
    from tests.factories.registrations import ask_gaps, confirm, file, invite

    case = make_registration(State.GAPS)
    handlers.send_gaps(payload(case), now=NOW)
    for step in (invite, confirm, file):
        step(fresh(case))
    ask_gaps(fresh(case), why_again="补正后新出现")
    handlers.send_gaps(payload(case), now=NOW)
    assert len(mails_of(case)) == 4


@pytest.mark.parametrize("event", [value for name, value in vars(events).items() if name.isupper()])
def test_every_event_but_the_first_officers_word_is_heard(event):
    heard = [name for name in handler_names(event) if name.startswith("apps.notifications")]
    assert bool(heard) == (event != events.PROPOSED)
