"""A seal key was in other hands: its letters are made anew with the same contents, once, or asked for again."""

import threading
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import connection

from apps.accounts.enums import Role
from apps.certificates.enums import SealKeyState
from apps.certificates.models import RegisteredSealKey, Sealing
from apps.certificates.services import make_next_specimen_key
from apps.certificates.services import seal_rotation as rotation
from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.documents.services import read_file
from apps.letters.enums import ReissueOutcome, State
from apps.letters.models import Letter, Reissue, TransferConsent
from apps.letters.selectors.progress import words_of
from apps.letters.selectors.reissues import reissue_counts
from apps.letters.selectors.verdicts import verdict_for_letter_code
from apps.letters.services import cancel_letter
from apps.letters.services.reissuing import note_compromised, reissue_due
from apps.mail.selectors import messages_of_case
from apps.outbox.models import Event
from apps.outbox.services import deliver_due
from tests.factories import certificates as factory
from tests.factories.accounts import make_actor
from tests.factories.letters import asker_of, by, make_asker, make_letter, make_request
from tests.factories.standing import make_member_record

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
LATER = NOW + timedelta(hours=2)


def officer(role) -> Actor:
    seats = (SeatGrant("000000", role),)
    return Actor(ActorKind.USER, str(role), uuid4().int % 10**6, uuid4(), seats, second_factor=True)


BOTH = (officer(Role.SECURITY), officer(Role.ADMINISTRATOR))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """Keys of this test alone, and letters that no stamp speaks for."""
    settings.SEALS_DIR, settings.STAMP_URL = tmp_path / "seals", ""
    monkeypatch.setattr("apps.outbox.services._wake_worker", lambda **_: None)
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)
    factory.seal_keys(factory.NATIONAL)
    return settings.SEALS_DIR


def active() -> str:
    return RegisteredSealKey.objects.get(association="000000", state=SealKeyState.ACTIVE).key_id


def compromise(since=NOW - timedelta(hours=1)) -> str:
    leaked = active()
    rotation.mark_compromised(leaked, since=since, by=BOTH, now=LATER)
    deliver()
    return leaked


def rotate(folder):
    make_next_specimen_key(folder, "000000", factory.NATIONAL.name, now=NOW - timedelta(days=1))
    rotation.rotate_seal_key("000000", by=BOTH, now=LATER)


def deliver():
    while deliver_due(clock=lambda: LATER):
        pass


def work():
    done = reissue_due(clock=lambda: LATER)
    deliver()
    return done


def word(letter, now=LATER):
    return verdict_for_letter_code(letter.code, now=now).word


def told(letter) -> set[str]:
    return set(messages_of_case(letter.reference).values_list("purpose", flat=True))


@pytest.mark.django_db
def test_letter_of_a_compromised_key_is_made_anew_once_another_key_seals(folder):
    old = make_letter(State.ISSUED, make_asker("王小明"), now=NOW)
    compromise()
    assert word(old) == "reissue"
    assert str(words_of(fresh(old), LATER.date()).title) == "需要换新印章，正在办理"
    assert work() == 0, "no key seals yet"
    rotate(folder)
    assert work() == 1
    old, new = fresh(old), fresh(old).reissue.new_letter
    assert (old.state, new.state, old.replaced_by_id) == (State.REPLACED, State.ISSUED, new.pk)
    assert (word(old), word(new)) == ("superseded", "valid")
    assert Sealing.objects.get(sha256=new.sha256).keys == [active()]
    changed = {name for name in new.statement if new.statement[name] != old.statement[name]}
    assert changed == {"code", "reference", "extras"}
    assert (new.valid_until, new.decided_by_person_id) == (old.valid_until, old.decided_by_person_id)
    assert TransferConsent.objects.get(letter=new).given_at == TransferConsent.objects.get(letter=old).given_at
    assert "letter_reissued" in told(new) and "letter_issued" not in told(new)
    assert not {purpose for purpose in told(old) if purpose.startswith("letter_ended")}
    assert str(words_of(old, LATER.date()).title) == "已用新印章重新出具"
    text = " ".join(pypdfium2.PdfDocument(read_file(new.file))[0].get_textpage().get_text_range().split())
    assert f"in the place of letter {old.reference} of the same contents." in text
    note_compromised(old.reissue.key_id, now=LATER)
    assert (work(), Letter.objects.count()) == (0, 2)


def fresh(letter) -> Letter:
    return Letter.objects.select_related("reissue__new_letter").get(pk=letter.pk)


@pytest.mark.django_db
@pytest.mark.usefixtures("drawn_quickly")
class TestAround:
    def test_stale_facts_are_not_issued_again_and_the_member_is_asked_to_ask(self, folder):
        actor = make_asker()
        old = make_letter(State.ISSUED, actor, now=NOW)
        compromise()
        rotate(folder)
        make_member_record(actor.person_id, "condemned", decided_on=date(2024, 6, 1))
        assert work() == 1
        assert fresh(old).reissue.outcome == ReissueOutcome.ASK_ANEW
        assert (word(old), Letter.objects.count()) == ("reissue", 1)
        assert "letter_ask_anew" in told(old)
        assert str(words_of(fresh(old), LATER.date()).title) == "印章不再可信，请重新申请"

    def test_letters_from_elsewhere_in_time_are_left_alone(self, folder):
        """Run out, cancelled, not issued: nothing to do."""
        make_letter(State.ISSUED, make_asker("甲"), now=NOW - timedelta(days=200))
        make_letter(State.CANCELLED, make_asker("乙"), now=NOW)
        make_letter(State.PROPOSED, make_asker("丙"), now=NOW)
        compromise(since=NOW - timedelta(days=300))
        assert reissue_counts() == {}

    def test_letter_cancelled_meanwhile_needs_nothing(self, folder):
        old = make_letter(State.ISSUED, now=NOW)
        compromise()
        cancel_letter(**by(old, asker_of(old), LATER))
        rotate(folder)
        work()
        assert (reissue_counts(), Letter.objects.count()) == ({"not_needed": 1}, 1)

    def test_letter_cancelled_while_it_is_made_anew_takes_the_new_one_with_it(self, folder):
        old = make_letter(State.ISSUED, now=NOW)
        compromise()
        rotate(folder)
        reissue_due(clock=lambda: LATER)
        cancel_letter(**by(old, asker_of(old), LATER))
        deliver()
        assert set(Letter.objects.values_list("state", flat=True)) == {State.CANCELLED}
        assert not TransferConsent.objects.filter(withdrawn_at=None).exists()

    def test_request_that_is_open_takes_the_place(self, folder):
        old = make_letter(State.ISSUED, now=NOW)
        make_request(asker_of(old), now=LATER)
        compromise()
        rotate(folder)
        assert work() == 0
        assert reissue_counts() == {"waiting": 1}

    def test_progress_is_told_to_operator_and_office(self, folder, desk):
        for name in ("甲", "乙"):
            make_letter(State.ISSUED, make_asker(name), now=NOW)
        leaked = compromise()
        rotate(folder)
        reissue_due(clock=lambda: LATER, limit=1)
        out = StringIO()
        call_command("reissue_letters", stdout=out)
        assert out.getvalue() == f"{leaked[:16]}: 1 waiting, 1 made, 0 ask anew, 0 not needed\n"
        page = desk(make_actor(Role.RECHECKER)).get("/office/letters/").content.decode()
        assert "待重新出具 1 份，已重新出具 1 份，须会员重新申请 0 份。" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("drawn_quickly")
def test_two_workers_at_once_make_each_letter_anew_once(folder):
    letters = [make_letter(State.ISSUED, make_asker(name), now=NOW) for name in ("甲", "乙", "丙")]
    compromise()
    rotate(folder)

    def worker():
        reissue_due(clock=lambda: LATER)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver()
    assert Reissue.objects.filter(outcome=ReissueOutcome.MADE).count() == len(letters)
    assert Letter.objects.filter(state=State.ISSUED).count() == len(letters)
    assert Event.objects.filter(name="letter.reissued").count() == len(letters)
