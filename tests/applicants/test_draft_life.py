"""A draft that nobody touches: reminded, told of its end, erased whole; never before the notice has gone out."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from apps.applicants.models import Application, Reminder
from apps.applicants.selectors.reminders import erasure_day
from apps.applicants.services.draft_erasure import erase_draft, erase_old_drafts
from apps.applicants.services.drafts import keep_typed, save_page
from apps.applicants.services.reminders import remind_applicants
from apps.applicants.services.submission import submit_application
from apps.audit.models import Record
from apps.core.clock import civil_date
from apps.core.errors import DataKeyDestroyed, NotPermitted
from apps.core.models import DataKey
from apps.documents.models import StoredFile
from apps.mail.enums import MessageState
from apps.mail.models import Message
from apps.mail.services import send_due
from apps.outbox.services import deliver_due
from tests.factories.applicants import SYSTEM
from tests.factories.candidates import NOW, candidate, make_draft

pytestmark = pytest.mark.django_db


def after(days):
    return NOW + timedelta(days=days)


def tick(days, *, mail=True) -> int:
    """A day of the scheduler: erase, remind, tell, send."""
    erased = erase_old_drafts(actor=SYSTEM, now=after(days))
    remind_applicants(actor=SYSTEM, now=after(days))
    deliver_due(clock=lambda: after(days))
    if mail:
        send_due(clock=lambda: after(days))
    return erased


def subjects() -> list[str]:
    return [one.open_part("subject") for one in Message.objects.order_by("created_at", "id") if one.text]


def test_reminded_after_seven_twenty_one_and_twenty_eight_days_and_erased_after_thirty():
    draft = make_draft()
    erased = [day for day in range(40) for _twice in range(2) if tick(day)]
    assert erased == [31], "the thirtieth day is the last"
    assert not Application.objects.filter(pk=draft.pk).exists()
    sent = Message.objects.order_by("created_at", "id")
    assert [one.created_at for one in sent] == [after(7), after(21), after(28), after(31)]
    (last,) = [one for one in sent if one.data_key_id is None]
    assert last.open_part("subject") == "您的入会申请草稿已经删除"


def test_nothing_of_the_draft_is_left():
    draft = make_draft()
    file, key = draft.photo, draft.data_key
    for day in (28, 31):
        tick(day)
    assert not StoredFile.objects.filter(data_key=key).exists()
    assert DataKey.objects.get(pk=key.pk).destroyed_at
    with pytest.raises(DataKeyDestroyed):
        Message.objects.filter(data_key=key).first().open_part("text")
    record = Record.objects.get(action="draft.erased")
    assert record.personal is None
    assert "王小明" not in f"{record.before}{record.after}"
    assert file.path


@pytest.mark.django_db(transaction=True)
def test_bytes_of_the_photo_go_with_it():
    draft = make_draft()
    path = draft.photo.path
    assert default_storage.exists(path)
    for day in (28, 31):
        tick(day)
    assert not default_storage.exists(path)


def test_scheduler_that_was_off_for_forty_days_erases_nothing_without_notice():
    draft = make_draft()
    assert tick(40) == 0
    (reminder,) = Reminder.objects.all()
    assert reminder.days == 28, "one reminder catches up, not three"
    assert reminder.last_on == civil_date(after(42))
    assert tick(42) == 0
    assert tick(43) == 1
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_nothing_is_erased_while_the_notice_waits_to_be_sent():
    make_draft()
    tick(28, mail=False)
    assert tick(31, mail=False) == 0
    assert tick(60, mail=False) == 0
    send_due(clock=lambda: after(61))
    assert tick(62) == 1


def test_draft_whose_notice_came_back_is_kept_longer_but_not_for_ever():
    make_draft()
    tick(28)
    Message.objects.update(state=MessageState.BOUNCED, reported_at=after(28), second_address=None, second_text=None)
    assert tick(60) == 0
    assert tick(90) == 0
    assert tick(91) == 1


def test_each_change_begins_the_days_anew():
    actor = candidate()
    draft = make_draft(actor=actor)
    tick(28)
    contact = {"phone": "+8613800138000", "employer": "新单位"}
    save_page(draft.pk, actor=actor, page="contact", answers=contact, now=after(29))
    assert tick(31) == 0
    draft.refresh_from_db()
    assert erasure_day(draft, today=civil_date(after(31))) == civil_date(after(59))
    tick(36)
    assert Reminder.objects.filter(days=7).count() == 1


def test_typing_that_is_not_in_order_yet_is_work_on_the_draft_too():
    actor = candidate()
    draft = make_draft(actor=actor)
    keep_typed(draft.pk, actor=actor, page="contact", typed={"phone": ["138"]}, now=after(29))
    assert tick(31) == 0


def test_submitted_in_time_is_left_alone():
    actor = candidate()
    draft = make_draft(actor=actor)
    tick(28)
    draft.refresh_from_db()
    submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=after(30))
    assert tick(31) == 0
    assert erase_draft(actor=SYSTEM, application_id=draft.pk, now=after(60)) is False


def test_only_the_portal_erases():
    actor = candidate()
    draft = make_draft(actor=actor)
    with pytest.raises(NotPermitted):
        erase_draft(actor=actor, application_id=draft.pk, now=after(60))


def test_tasks_say_until_when_the_draft_is_kept(client, time_machine):
    time_machine.move_to(after(3), tick=False)
    draft = make_draft()
    client.force_login(draft.user)
    page = client.get(reverse("applicants:tasks")).content.decode()
    assert "草稿保留到2026年4月1日" in page
