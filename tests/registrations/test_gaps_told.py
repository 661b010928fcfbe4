"""Nothing ends without a word that has arrived: the once-only list, its reminders, its last day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.audit.models import Record
from apps.core.errors import NotPermitted, TransitionRefused
from apps.mail.models import Message
from apps.outbox.services import deliver_due
from apps.registrations.enums import State
from apps.registrations.models import GapReminder
from apps.registrations.selectors.gaps import open_gap_list, telling
from apps.registrations.selectors.progress import progress_of
from apps.registrations.services.expiry import expire_gaps
from apps.registrations.services.reminders import remind_of_gaps
from apps.registrations.services.telling import note_gaps_opened, record_gaps_call, tell_gaps_again
from apps.rules.selectors import working_calendar
from tests.factories.registrations import (
    NOW,
    SYSTEM,
    agent_of,
    candidate_of,
    fresh,
    given,
    head_of,
    invite,
    make_registration,
    officer,
    the_firm,
)
from tests.support.desk import desk  # noqa: F401

pytestmark = pytest.mark.django_db
LAST = date(2026, 4, 1)
"""30 days after Monday 2 March."""


@pytest.fixture
def case():
    head_of(the_firm())
    return make_registration(State.GAPS)


def on(day: date):
    return NOW + (day - NOW.date())


def tick(day: date) -> list[str]:
    """What the scheduler does on one day: the night's work, then the morning's."""
    ended = expire_gaps(actor=SYSTEM, now=on(day))
    remind_of_gaps(actor=SYSTEM, now=on(day))
    return ended


def deliver(case, *, state="sent", now=NOW):
    deliver_due(clock=lambda: now)
    lists = Message.objects.filter(case=case.reference, purpose__startswith="registration_gaps:")
    arrive(lists.exclude(purpose__startswith="registration_gaps:candidate"), state, now)


def arrive(mails, state="sent", now=NOW):
    """As the mail room would have noted it."""
    went = None if state in {"queued", "failed"} else now
    mails.update(state=state, sent_at=went, reported_at=now if state == "bounced" else None)


def days_reminded(case) -> list[int]:
    return list(GapReminder.objects.filter(gap_list__registration=case).order_by("at").values_list("days", flat=True))


class TestReminders:
    def test_come_seven_and_two_days_before_the_last_day_and_once(self, case):
        deliver(case)
        for days in range(31):
            for _time in range(2):
                remind_of_gaps(actor=SYSTEM, now=NOW + timedelta(days=days))
        assert days_reminded(case) == [7, 2]
        assert [row.last_on for row in GapReminder.objects.all()] == [LAST, LAST]

    def test_go_to_candidate_agent_and_head_in_their_languages(self, case):
        remind_of_gaps(actor=SYSTEM, now=on(date(2026, 3, 25)))
        for _time in range(2):
            deliver_due(clock=lambda: on(date(2026, 3, 25)))
        mails = Message.objects.filter(purpose__startswith="registration_gaps_reminder", channel="email")
        readers = {row.open_part("address") for row in mails}
        assert len(mails) == 3 and {case.answers["email"], case.agent.email} < readers
        assert "2026年4月1日" in mails[0].open_part("text")

    def test_one_catches_up_after_a_pause_and_the_last_leaves_its_days(self, case):
        deliver(case)
        assert tick(date(2026, 5, 11)) == []
        assert days_reminded(case) == [2]
        assert fresh(case).decide_by == date(2026, 5, 13)
        assert tick(date(2026, 5, 13)) == []
        assert tick(date(2026, 5, 14)) == [case.reference]

    def test_stop_when_the_firm_has_answered(self, case):
        invite(case)
        assert remind_of_gaps(actor=SYSTEM, now=on(LAST)) == 0

    def test_only_the_scheduler_reminds(self, case):
        with pytest.raises(NotPermitted):
            remind_of_gaps(actor=officer(), now=NOW)

    def test_a_written_reminder_never_changes(self, case):
        remind_of_gaps(actor=SYSTEM, now=on(LAST))
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            GapReminder.objects.update(days=99)


class TestTheEnd:
    def live_through(self, case, until=date(2026, 4, 20)):
        """The day on which the scheduler ended the case, looking every day."""
        day = NOW.date()
        while day < until:
            day += timedelta(days=1)
            if tick(day):
                return day
        return None

    def test_comes_on_the_day_after_the_last_when_the_firm_was_told(self, case):
        deliver(case)
        assert self.live_through(case) == date(2026, 4, 2)
        assert fresh(case).state == State.EXPIRED

    @pytest.mark.parametrize("state", ["bounced", "failed", "queued"])
    def test_never_comes_where_no_message_arrived(self, case, state):
        deliver(case, state=state)
        assert self.live_through(case) is None
        assert telling(fresh(case)) == ("waiting" if state == "queued" else "lost")

    def test_the_candidates_message_alone_is_not_enough(self, case):
        deliver(case, state="bounced")
        arrive(Message.objects.filter(purpose__startswith="registration_gaps:candidate"))
        assert self.live_through(case) is None

    def test_comes_where_somebody_of_the_firm_has_opened_the_case(self, case, client):
        deliver(case, state="bounced")
        note_gaps_opened(actor=agent_of(case), registration_id=case.pk, now=NOW)
        assert self.live_through(case) == date(2026, 4, 2)
        assert Record.objects.filter(action="registration.gaps_opened").count() == 1

    def test_a_message_that_lay_waiting_gives_the_full_days_from_its_arrival(self, case):
        deliver(case, now=NOW + timedelta(days=10))
        assert self.live_through(case) == date(2026, 4, 14)

    def test_an_answer_after_the_last_day_counts_while_the_case_is_open(self, case):
        deliver(case, state="bounced")
        invite(fresh(case), now=on(date(2026, 4, 10)))
        assert fresh(case).state == State.AWAITING_CANDIDATE
        assert self.live_through(case) is None

    def test_only_the_portal_itself_ends_a_case(self, case):
        deliver(case)
        tick(date(2026, 3, 30))
        with pytest.raises(NotPermitted):
            expire_gaps(actor=officer(), now=on(date(2026, 4, 2)))


class TestTheOfficer:
    def test_phones_and_the_days_begin_anew(self, case):
        deliver(case, state="bounced")
        later = NOW + timedelta(days=20)
        record_gaps_call(**given(fresh(case), officer(), now=later))
        gap_list = open_gap_list(fresh(case))
        assert gap_list.told_at == later and gap_list.told_by_label
        assert gap_list.answer_by == fresh(case).decide_by == date(2026, 4, 21)
        assert telling(fresh(case)) == "told"

    def test_has_it_written_once_more_to_the_head_too(self, case):
        deliver(case, state="bounced")
        later = NOW + timedelta(days=1)
        tell_gaps_again(**given(fresh(case), officer(), now=later))
        for _time in range(2):
            deliver_due(clock=lambda: later)
        mails = Message.objects.filter(channel="email", purpose__startswith="registration_gaps:")
        again = mails.filter(purpose__endswith=":2")
        assert again.count() == 3
        arrive(again, now=later)
        assert telling(fresh(case)) == "received"

    def test_is_refused_where_the_firm_knows_and_where_it_is_not_theirs(self, case):
        note_gaps_opened(actor=head_of(case.firm), registration_id=case.pk, now=NOW)
        with pytest.raises(TransitionRefused):
            record_gaps_call(**given(fresh(case), officer()))
        for act in (record_gaps_call, tell_gaps_again):
            with pytest.raises(NotPermitted):
                act(**given(fresh(case), officer("110000")))
        with pytest.raises(NotPermitted):
            note_gaps_opened(actor=candidate_of(case), registration_id=case.pk, now=NOW)

    def test_sees_how_it_stands_and_does_it_with_one_press(self, case, desk):  # noqa: F811
        deliver(case, state="bounced")
        client, page = desk(officer()), reverse("registrations:office_case", args=[case.reference])
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            assert "送达之前不会逾期结束" in client.get(page).content.decode()
            press = {"version": fresh(case).version, "how": "phone"}
            response = client.post(reverse("registrations:telling", args=[case.reference]), press, follow=True)
            assert "已电话告知" in response.content.decode()
            again = client.post(reverse("registrations:telling", args=[case.reference]), press).content.decode()
        assert str(TransitionRefused.message) in again

    def test_opening_the_case_at_the_firm_is_noted(self, case, desk):  # noqa: F811
        deliver(case, state="bounced")
        with time_machine.travel(NOW, tick=False):
            desk(head_of(case.firm)).get(reverse("registrations:firm_case", args=[case.reference]))
        assert telling(fresh(case)) == "opened"


def test_the_database_wants_to_know_who_phoned(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        case.gap_lists.update(told_at=NOW)


def test_late_words_stand_on_the_firms_page(case):
    words = [progress_of(case, working_calendar(), today=day).firm_words for day in (LAST, LAST + timedelta(days=1))]
    assert "仍然有效" not in words[0] and "仍然有效" in words[1]
