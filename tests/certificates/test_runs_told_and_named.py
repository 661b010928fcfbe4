"""Runs: who is told of a new certificate and how fast; names that wait for a font."""

from datetime import timedelta

import pytest

from apps.audit.models import Record
from apps.certificates.enums import CertificateState, RunState
from apps.certificates.models import Certificate, Run
from apps.certificates.selectors.names import characters_of, open_name_tasks
from apps.certificates.services import (
    MissingGlyphs,
    issue_certificate,
    issuing,
    retry_names,
    start_run,
)
from apps.certificates.services.runs import names as retrying
from apps.certificates.services.runs import work
from apps.core.actor import Actor
from apps.mail.models import Message
from apps.outbox import services as outbox
from apps.outbox.models import Delivery, Event
from apps.people.services import link_user
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories import certificates as factory
from tests.factories.accounts import make_user
from tests.support.certificate_runs import LATER, NOW, SYSTEM, start, work_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly", "nobody_wakes")]


def test_name_without_a_glyph_is_a_task_until_it_is_issued(monkeypatch):
    membership = factory.make_certifiable_member(name="王𪚥")
    make = issuing.make_sealed_pdf

    def refuse(certificate, *, now, **_how):
        raise MissingGlyphs(["𪚥"])

    monkeypatch.setattr(issuing, "make_sealed_pdf", refuse)
    for _ in range(2):
        with pytest.raises(MissingGlyphs):
            issue_certificate(membership.pk, now=NOW)
    (task,) = open_name_tasks()
    assert characters_of(task) == ["𪚥 (U+2A6A5)"]
    assert Record.objects.filter(action="certificate.name_not_printable").count() == 1
    assert retry_names(actor=SYSTEM, now=NOW) == 1
    monkeypatch.setattr(issuing, "make_sealed_pdf", make)
    outbox.deliver_due(clock=lambda: NOW)
    assert not open_name_tasks().exists()
    assert Certificate.objects.get(membership=membership).state == CertificateState.ISSUED


def test_quiet_run_writes_to_nobody_and_a_told_one_spreads_its_mails(members, monkeypatch):
    monkeypatch.setattr(work, "TOGETHER", 2)
    for member in members:
        link_user(user_id=make_user(f"{member.number}@example.org").pk, person_id=member.person_id, now=NOW)
    Delivery.objects.all().delete()
    assert not start().is_told  # by rule
    work_on(Run.objects.get())
    assert not Delivery.objects.exists()
    Rule.objects.filter(key="run.mails_an_hour").update(value=120)
    forget_rules()
    run = start_run(actor=SYSTEM, scope="kind", target="non_practising", reason="r", is_told=True, now=LATER)
    assert work_on(run, LATER).issued == 5
    events = Event.objects.filter(name="certificate.issued_in_run").order_by("id")
    assert [len(event.payload["certificates"]) for event in events] == [2, 2, 1]
    due = list(Delivery.objects.order_by("due_at").values_list("due_at", flat=True))
    assert due == [LATER + timedelta(minutes=minutes) for minutes in (0, 1, 2)]
    assert run.mails_until == LATER + timedelta(minutes=2.5)
    outbox.deliver_due(clock=lambda: LATER)
    assert Message.objects.filter(purpose__startswith="certificate_issued").count() == 2
    for _twice in range(2):
        Delivery.objects.update(state="pending", done_at=None)
        outbox.deliver_due(clock=lambda: LATER + timedelta(hours=1))
    assert Message.objects.filter(purpose__startswith="certificate_issued").count() == 5


@pytest.mark.parametrize(("scope", "is_told"), [("outdated", True), ("kind", False)])
def test_who_is_told_is_a_rule_that_whoever_starts_may_overrule(members, scope, is_told):
    target = "non_practising" if scope == "kind" else ""
    assert start(scope, target).is_told == is_told
    Run.objects.all().delete()
    choice = {"scope": scope, "target": target, "reason": "r", "is_told": not is_told}
    assert start_run(actor=SYSTEM, **choice, now=NOW).is_told != is_told


def test_more_than_a_handful_of_names_are_one_run(monkeypatch):
    waiting = [factory.make_certifiable_member(name=name) for name in ("王芳", "李强", "张伟")]
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "make_sealed_pdf", without_glyphs)
        for member in waiting:
            with pytest.raises(MissingGlyphs):
                issue_certificate(member.pk, now=NOW)
    monkeypatch.setattr(retrying, "HANDFUL", 2)
    monkeypatch.setattr(retrying, "can_be_printed_now", lambda task: False)
    assert retry_names(actor=Actor.system("test"), now=NOW) == 0
    monkeypatch.setattr(retrying, "can_be_printed_now", lambda task: True)
    assert retry_names(actor=Actor.system("test"), now=NOW) == 3
    assert not Event.objects.filter(name="certificate.asked_again").exists()
    run = Run.objects.get()
    assert (run.total, run.is_told) == (3, True)
    progress = work_on(run)
    assert (progress.issued + progress.kept, progress.failed, run.state) == (3, 0, RunState.DONE)
    assert Certificate.objects.filter(membership__in=waiting, state=CertificateState.ISSUED).count() == 3
    assert not open_name_tasks().exists()


def without_glyphs(certificate, *, now, **_how):
    raise MissingGlyphs(["𪚥"])
