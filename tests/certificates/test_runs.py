"""Runs: each member exactly once, wherever the worker dies, however many work, whatever fails."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Record
from apps.certificates.enums import CertificateState, RunFailureReason, RunState
from apps.certificates.models import Certificate, Chunk, NameTask, Run, Sealing
from apps.certificates.selectors.runs import certificates_in_scope, open_failures, progress_of
from apps.certificates.services import (
    MissingGlyphs,
    RunTargetUnknown,
    SealKeyMissing,
    issuing,
    making,
    retry_failures,
    retry_names,
    start_run,
    stop_run,
)
from apps.certificates.services.making import StatementOutdated
from apps.certificates.services.runs import batches, chunks, work
from apps.certificates.services.seal_keys import seal_key
from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.core.errors import NotPermitted
from apps.outbox.models import Event
from tests.factories import certificates as factory
from tests.support.certificate_runs import LATER, NOW, SYSTEM, start, work_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly", "nobody_wakes")]


def assert_each_once(run, members):
    for member in members:
        assert Certificate.objects.filter(membership=member, state=CertificateState.ISSUED).count() == 1
        assert Certificate.objects.filter(membership=member, run=run, issued_at__isnull=False).count() == 1
        assert Certificate.objects.filter(membership=member).count() == 2
    assert Event.objects.filter(name="certificate.issued").count() == len(
        members
    )  # of the first issue: the run is quiet
    assert not Event.objects.filter(name="certificate.issued_in_run").exists()


def test_run_issues_each_certificate_of_its_scope_again_once(members, monkeypatch):
    monkeypatch.setattr(chunks, "SIZE", 2)
    practising = factory.make_certificate(kind="practising", now=NOW)
    run = start()
    assert run.total == 5
    progress = work_on(run)
    assert (progress.issued, progress.failed, progress.percent, run.state) == (5, 0, 100, RunState.DONE)
    assert Chunk.objects.count() == 3
    work_on(run, NOW + timedelta(days=1))
    assert Certificate.objects.filter(run=run).count() == 5
    practising.refresh_from_db()
    assert practising.state == CertificateState.ISSUED


def test_scopes_take_whom_they_name(members, monkeypatch):
    monkeypatch.setattr(issuing, "make_sealed_pdf", making.make_sealed_pdf)
    sealed = factory.make_certificate(association_code="000000", kind="practising", now=NOW)
    key_id = Sealing.objects.get(sha256=sealed.sha256).keys[0]

    def count(scope, target=""):
        return certificates_in_scope(scope, target, on=NOW.date()).count()

    assert count("association", "330000") == 5
    assert count("association", "310000") == 0
    assert count("kind", "practising") == 1
    assert count("seal_key", key_id) == 6
    assert count("seal_key", seal_key("330000").key_id) == 5
    assert count("seal_key", "b" * 64) == 0
    assert count("outdated") == 6


def test_run_for_what_is_outdated_leaves_the_rest_as_it_is(members):
    factory.make_photo(members[1].person, factory.portrait(suit="#702020"))
    run = start("outdated", "")
    progress = work_on(run)
    assert (progress.issued, progress.kept, run.state) == (1, 4, RunState.DONE)
    assert Certificate.objects.get(membership=members[1], state=CertificateState.ISSUED).run == run


@pytest.mark.parametrize("seam", ["make_sealed_pdf", "not_superseded", "store_files", "_put_into_force", "record_each"])
def test_worker_killed_anywhere_is_taken_over_and_each_has_one(members, seam, monkeypatch):
    monkeypatch.setattr(work, "TOGETHER", 2)
    run = start()
    calls = []

    def die(*args, **kwargs):
        calls.append(1)
        if len(calls) > 1:
            raise SystemExit("killed")
        return original(*args, **kwargs)

    original = getattr(issuing, seam)
    with monkeypatch.context() as patched:
        patched.setattr(issuing, seam, die)
        patched.setattr(work, "release_chunk", lambda *args, **kwargs: None)  # the dead release nothing
        with pytest.raises(SystemExit):
            work_on(run)
    assert work_on(run).issued < 5  # its claim still holds
    assert work_on(run, NOW + chunks.LEASE + timedelta(seconds=1)).issued == 5
    assert run.state == RunState.DONE
    assert_each_once(run, members)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("together", [1, 5])
def test_two_workers_at_the_same_chunk_make_one_certificate_each(members, together):
    """In batches the second leaves out whom the first holds, and finds the work done afterwards."""
    run = start()
    chunk = chunks.claim_chunk(now=NOW)
    both = threading.Barrier(2)

    def work_too():
        mine = Chunk.objects.select_related("run").get(pk=chunk.pk)
        ids = chunks.members_to_do(mine, now=NOW)
        both.wait(timeout=30)
        for begin in range(0, 5, together):
            batches.issue_members(mine, ids[begin : begin + together], now=NOW)
        connection.close()

    workers = [threading.Thread(target=work_too) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert progress_of(run).issued == 5
    assert_each_once(run, members)


def test_disk_that_is_full_interrupts_the_run_and_loses_nothing(members, monkeypatch):
    run = start()

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "store_files", full)
        assert work_on(run).issued == 0
    assert not open_failures(run).exists()
    assert Certificate.objects.filter(state=CertificateState.ISSUED).count() == 5
    assert work_on(run).issued == 0  # not yet: the disk has a minute
    assert work_on(run, NOW + work.PAUSE + timedelta(seconds=1)).issued == 5
    assert_each_once(run, members)


def test_photo_changed_meanwhile_is_the_one_that_is_issued(members, monkeypatch):
    run = start()
    make, changed = issuing.make_sealed_pdf, []

    def change_photo_first(certificate, *, now, **_how):
        if not changed:
            changed.append(certificate.membership)
            factory.make_photo(certificate.membership.person, factory.portrait(suit="#702020"))
            raise StatementOutdated
        return make(certificate, now=now)

    monkeypatch.setattr(issuing, "make_sealed_pdf", change_photo_first)
    assert work_on(run).issued == 5
    member = changed[0]
    member.person.refresh_from_db()
    certificate = Certificate.objects.get(membership=member, state=CertificateState.ISSUED)
    assert certificate.statement["photo_sha256"] == member.person.photo.sha256
    assert not Certificate.objects.filter(state=CertificateState.REQUESTED).exists()


def test_failures_are_listed_with_their_reason_and_tried_again(members, monkeypatch):
    run, make = start(), issuing.make_sealed_pdf

    def refuse(certificate, *, now, **_how):
        if certificate.membership == members[0]:
            raise SealKeyMissing("330000")
        if certificate.membership == members[1]:
            raise MissingGlyphs(["𪚥"])
        if certificate.membership == members[2]:
            raise RuntimeError("王芳")
        return make(certificate, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "make_sealed_pdf", refuse)
        progress = work_on(run)
    assert (progress.issued, progress.failed, progress.percent, run.state) == (2, 3, 100, RunState.DONE)
    reasons = {failure.membership_id: failure.reason for failure in open_failures(run)}
    assert reasons == {
        members[0].pk: RunFailureReason.SEAL_KEY,
        members[1].pk: RunFailureReason.GLYPHS,
        members[2].pk: RunFailureReason.OTHER,
    }
    retry_failures(actor=SYSTEM, run_id=run.pk, now=NOW)
    progress = work_on(run)
    assert (progress.issued, progress.failed, run.state) == (5, 0, RunState.DONE)
    assert not NameTask.objects.filter(resolved_at=None).exists()
    assert_each_once(run, members)


def test_stopped_run_issues_no_further_one_and_goes_on_when_asked(members, monkeypatch):
    monkeypatch.setattr(chunks, "SIZE", 2)
    run = start()
    chunk = chunks.claim_chunk(now=NOW)
    stop_run(actor=SYSTEM, run_id=run.pk, now=NOW)
    with pytest.raises(chunks.ClaimLost):
        chunks.hold_chunk(chunk, now=NOW)
    chunks.release_chunk(chunk)
    assert work_on(run).issued == 0
    retry_failures(actor=SYSTEM, run_id=run.pk, now=NOW)
    assert work_on(run).issued == 5


def test_same_run_twice_is_one_and_a_strange_target_none(members):
    assert start().pk == start().pk
    assert Record.objects.filter(action="certificate_run.started").count() == 1
    for scope, target in (("association", "990000"), ("kind", "x"), ("seal_key", "a" * 64), ("outdated", "330000")):
        with pytest.raises(RunTargetUnknown):
            start(scope, target)
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "association", "allowed"),
    [
        ("registrar", "000000", True),
        ("registrar", "330000", False),
        ("reviewer", "330000", False),
        ("security", "000000", False),
    ],
)
def test_only_the_national_registrar_starts_runs(role, association, allowed):
    actor = Actor(ActorKind.USER, "test", seats=(SeatGrant(association, role),))
    acts = [
        lambda: start_run(actor=actor, scope="outdated", reason="r", now=NOW),
        lambda: retry_names(actor=actor, now=NOW),
    ]
    for act in acts:
        if allowed:
            act()
        else:
            with pytest.raises(NotPermitted):
                act()


def test_two_runs_over_the_same_members_issue_once(members):
    first, ask = start(), {"scope": "association", "target": "330000", "reason": "r"}
    second = start_run(actor=SYSTEM, **ask, now=NOW + timedelta(seconds=1))
    assert work_on(first, LATER).issued == 5
    second.refresh_from_db()
    progress = progress_of(second)
    assert (progress.issued, progress.kept, second.state) == (0, 5, RunState.DONE)
    assert_each_once(first, members)


def test_run_asked_for_later_does_issue_again(members):
    work_on(start(), LATER)
    later = start_run(actor=SYSTEM, scope="association", target="330000", reason="r", now=LATER + timedelta(hours=1))
    assert work_on(later, LATER + timedelta(hours=2)).issued == 5


def test_where_the_database_refuses_a_batch_each_goes_alone(members, monkeypatch):
    run, complete = start(), issuing.complete_certificates

    def refuse_many(made, *, now):
        if len(made) > 1 or made[0][0].membership == members[2]:
            raise IntegrityError("one of them")
        return complete(made, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "complete_certificates", refuse_many)
        progress = work_on(run)
    assert (progress.issued, progress.failed) == (4, 1)
    assert open_failures(run).get().membership_id == members[2].pk
    retry_failures(actor=SYSTEM, run_id=run.pk, now=NOW)
    assert (work_on(run).issued, progress_of(run).failed) == (5, 0)
    assert_each_once(run, members)


def test_batch_costs_the_same_questions_whatever_its_size(members, django_assert_num_queries):
    run = start()
    chunk = chunks.claim_chunk(now=NOW)
    ids = chunks.members_to_do(chunk, now=NOW)
    with CaptureQueriesContext(connection) as two:
        batches.issue_members(chunk, ids[:2], now=NOW)
    with django_assert_num_queries(len(two)):
        batches.issue_members(chunk, ids[2:], now=NOW)
    assert progress_of(run).issued == 5


def test_each_use_of_a_seal_is_recorded(members):
    used = Record.objects.filter(action="seal_key.used")
    used_before = used.count()
    work_on(start())
    documents = {sha256 for record in used.order_by("id")[used_before:] for sha256 in record.after["documents"]}
    assert documents >= set(Certificate.objects.filter(run__isnull=False).values_list("sha256", flat=True))


def test_progress_asks_for_no_certificate(members):
    run = start()
    work_on(run)
    with CaptureQueriesContext(connection) as queries:
        assert progress_of(run).issued == 5
    (query,) = queries
    assert "certificates_certificate" not in query["sql"]
