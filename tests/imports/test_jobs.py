"""Dry run, word, writing: nothing is written before the word, nothing twice, and a dead worker is no loss."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.imports.enums import JobState, Outcome
from apps.imports.models import Job
from apps.imports.services import commit_job, registry, upload_table, work_on_due
from tests.factories.accounts import make_actor, make_user
from tests.imports.samples import HEADER, ROWS, SampleRows, comma_separated

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def handler(monkeypatch):
    handler = SampleRows()
    monkeypatch.setitem(registry._handlers, "sample", handler)
    return handler


@pytest.fixture
def actor():
    return make_actor(Role.REGISTRAR, user_id=make_user("registrar@example.org").pk)


def upload(actor, content=None, filename="roll.csv"):
    content = comma_separated(ROWS) if content is None else content
    return upload_table(actor=actor, kind="sample", content=content, filename=filename, language="zh-hans", now=NOW)


def work(now=NOW):
    work_on_due(clock=lambda: now)


def outcomes(job):
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


def test_dry_run_writes_nothing(handler, actor):
    job = upload(actor)
    work()
    job.refresh_from_db()
    assert (job.state, job.row_count) == (JobState.CHECKED, 2)
    assert outcomes(job) == [Outcome.READY, Outcome.READY]
    assert handler.written == []


def test_rows_are_written_when_somebody_gives_the_word(handler, actor):
    job = upload(actor)
    work()
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    work()
    job.refresh_from_db()
    assert job.state == JobState.COMMITTED
    assert outcomes(job) == [Outcome.CREATED, Outcome.CREATED]
    assert len(handler.written) == 2


def test_same_file_changes_nothing_the_second_time(handler, actor):
    for _ in range(2):
        job = upload(actor)
        work()
        commit_job(actor=actor, job_id=job.pk, now=NOW)
        work()
    assert outcomes(job) == [Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_faulty_rows_stay_out_and_say_why(handler, actor):
    job = upload(actor, comma_separated([*ROWS, ["A1", "李娜", "2024-12-20"], ["A4", "", "2024-12-20"]]))
    work()
    assert outcomes(job) == [Outcome.READY, Outcome.READY, Outcome.PROBLEM, Outcome.PROBLEM]
    faulty = job.rows.filter(outcome=Outcome.PROBLEM).order_by("line")
    assert "两次" in faulty[0].problems[0]["message"]
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    work()
    assert len(handler.written) == 2


def test_row_that_cannot_be_written_does_not_stop_the_others(handler, actor):
    job = upload(
        actor,
        comma_separated([["A1", "拒绝", "2024-12-20"], ["A2", "故障", "2024-12-20"], ["A3", "王小明", "2024-12-20"]]),
    )
    work()
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    work()
    assert outcomes(job) == [Outcome.REFUSED, Outcome.REFUSED, Outcome.CREATED]


def test_unreadable_file_is_refused_as_a_whole(handler, actor):
    job = upload(actor, comma_separated(ROWS, header=["编号", "姓名", "生日"]))
    work()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "缺少列：日期" in job.failure


def test_header_alone_is_no_table(handler, actor):
    job = upload(actor, comma_separated([]))
    work()
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, "文件只有列名，没有数据行。请填写后重新上传。")


@pytest.mark.parametrize(("header", "cells"), [(HEADER, ["", "王"]), ([*HEADER, ""], ["王"])])
def test_row_that_has_slipped_out_of_its_columns_stays_out(handler, actor, header, cells):
    job = upload(actor, comma_separated([ROWS[0], [*ROWS[1], *cells]], header=header))
    work()
    assert outcomes(job) == [Outcome.READY, Outcome.PROBLEM]
    assert "错位" in job.rows.get(line=3).problems[0]["message"]


def test_dry_run_begins_again_when_its_worker_died(handler, actor):
    job = upload(actor)
    Job.objects.filter(pk=job.pk).update(state=JobState.CHECKING, claimed_until=NOW + timedelta(seconds=60))
    work()
    assert Job.objects.get(pk=job.pk).state == JobState.CHECKING
    work(NOW + timedelta(seconds=61))
    assert Job.objects.get(pk=job.pk).state == JobState.CHECKED
    assert job.rows.count() == 2


def test_writing_goes_on_where_its_worker_died(handler, actor):
    job = upload(actor)
    work()
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    job.rows.filter(line=2).update(outcome=Outcome.CREATED)
    work()
    assert [row["number"] for row in handler.written] == ["A2"]


def test_word_is_taken_once(handler, actor):
    job = upload(actor)
    work()
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    with pytest.raises(TransitionRefused):
        commit_job(actor=actor, job_id=job.pk, now=NOW)


def test_nothing_to_write_is_said(handler, actor):
    job = upload(actor, comma_separated([["A1", "", "2024-12-20"]]))
    work()
    with pytest.raises(RequirementsMissing):
        commit_job(actor=actor, job_id=job.pk, now=NOW)


@pytest.mark.parametrize("stranger", [Actor.anonymous(), make_actor()], ids=["nobody", "no seat"])
def test_only_staff_bring_files(handler, stranger):
    with pytest.raises(NotPermitted):
        upload(stranger)


def test_what_was_uploaded_lies_sealed(handler, actor):
    job = upload(actor)
    work()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT values FROM imports_jobrow")
        assert all("王小明".encode() not in bytes(sealed) for (sealed,) in cursor.fetchall())
    assert job.file.data_key_id == job.data_key_id


def test_upload_and_word_are_recorded(handler, actor):
    job = upload(actor)
    work()
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    actions = Record.objects.filter(subject_id=str(job.pk)).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["import.uploaded", "import.committed"]
