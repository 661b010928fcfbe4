"""Workers die, run out of time and meet each other: the job goes on where it stopped, and no file kills for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, OperationalError

from apps.accounts.enums import Role
from apps.imports.enums import JobState, Outcome
from apps.imports.models import Job
from apps.imports.services import checking, commit_job, registry, upload_table, work, work_on_due, writing
from apps.imports.services.claims import LEASE, MAX_CLAIMS, ClaimLost, claim_job
from tests.factories.accounts import make_actor, make_user
from tests.imports.samples import SampleRows, comma_separated

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROWS = [[f"A{number}", "王小明", "2024-12-20"] for number in range(1, 7)]
TWICE = [*ROWS, ["A1", "李娜", "2024-12-20"]]


class ThreadedRows(SampleRows):
    """Breaks where a test wants it to."""

    def __init__(self):
        super().__init__()
        self.checked, self.before_check, self.before_commit = [], lambda number: None, lambda number: None

    def check(self, values, *, context, today):
        self.before_check(values["number"])
        self.checked.append(values["number"])
        return super().check(values, context=context, today=today)

    def recall(self, values, *, context, today):
        super().check(values, context=context, today=today)

    def commit(self, parsed, **circumstances):
        self.before_commit(parsed["number"])
        return super().commit(parsed, **circumstances)


@pytest.fixture
def handler(monkeypatch):
    handler = ThreadedRows()
    monkeypatch.setitem(registry._handlers, "sample", handler)
    monkeypatch.setattr(checking, "CHUNK", 2)
    monkeypatch.setattr(writing, "CHUNK", 2)
    return handler


@pytest.fixture
def actor():
    return make_actor(Role.REGISTRAR, user_id=make_user("registrar@example.org").pk)


@pytest.fixture
def job(handler, actor):
    content = comma_separated(TWICE)
    return upload_table(actor=actor, kind="sample", content=content, filename="a.csv", language="zh-hans", now=NOW)


def work_at(now=NOW):
    work_on_due(clock=lambda: now)


def give_word(job, actor):
    work_at()
    commit_job(actor=actor, job_id=job.pk, now=NOW)


def outcomes(job):
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


def breaking_at(number, error):
    def breaks(read):
        if read == number:
            raise error

    return breaks


@pytest.mark.parametrize("error", [SoftTimeLimitExceeded(), OperationalError("the database is away"), SystemExit()])
def test_interrupted_dry_run_goes_on_at_once_where_it_stopped(handler, job, error):
    handler.before_check = breaking_at("A5", error)
    with pytest.raises(type(error)):
        work_at()
    handler.before_check, handler.checked = lambda number: None, []
    work_at()
    job.refresh_from_db()
    assert (job.state, job.row_count) == (JobState.CHECKED, 7)
    assert handler.checked == ["A5", "A6", "A1"]
    assert outcomes(job) == [Outcome.READY] * 6 + [Outcome.PROBLEM]


@pytest.mark.parametrize("error", [SoftTimeLimitExceeded(), OperationalError("the database is away")])
def test_interrupted_writing_blames_no_row(handler, job, actor, error):
    give_word(job, actor)
    handler.before_commit = breaking_at("A4", error)
    with pytest.raises(type(error)):
        work_at()
    assert outcomes(job)[:4] == [Outcome.CREATED] * 3 + [Outcome.READY]
    handler.before_commit = lambda number: None
    work_at()
    assert Job.objects.get(pk=job.pk).state == JobState.COMMITTED
    assert [row["number"] for row in handler.written] == ["A1", "A2", "A3", "A4", "A5", "A6"]


def test_long_work_is_done_in_stretches(handler, job, actor):
    """A clock that runs 40 s with every question: others get their turn, and the job still ends."""
    moments = iter(NOW + timedelta(seconds=40 * tick) for tick in range(1000))
    turns = 0
    while Job.objects.get(pk=job.pk).state != JobState.CHECKED:
        assert work_on_due(clock=lambda: next(moments)) == 1
        turns += 1
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    while Job.objects.get(pk=job.pk).state != JobState.COMMITTED:
        work_on_due(clock=lambda: next(moments))
        turns += 1
    assert turns > 4
    assert outcomes(job) == [Outcome.CREATED] * 6 + [Outcome.PROBLEM]


def test_file_that_kills_its_workers_is_given_up(handler, job):
    for death in range(MAX_CLAIMS):
        assert claim_job(now=NOW + death * 2 * LEASE).pk == job.pk
    work_at(NOW + MAX_CLAIMS * 2 * LEASE)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "没有导入任何内容" in job.failure
    assert handler.checked == []


def test_writing_that_kills_its_workers_is_given_up(handler, job, actor):
    give_word(job, actor)
    for death in range(MAX_CLAIMS):
        claim_job(now=NOW + death * 2 * LEASE)
    work_at(NOW + MAX_CLAIMS * 2 * LEASE)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "已写入的行保留" in job.failure
    assert handler.written == []


def test_deaths_count_only_where_nothing_was_achieved(handler, job):
    for number in ("A3", "A4", "A5", "A6"):
        handler.before_check = breaking_at(number, SoftTimeLimitExceeded())
        with pytest.raises(SoftTimeLimitExceeded):
            work_at()
    handler.before_check = lambda number: None
    work_at()
    assert Job.objects.get(pk=job.pk).state == JobState.CHECKED


def test_late_worker_of_a_dry_run_steps_back(handler, job):
    """Its lease has lapsed, another has checked the file meanwhile: the job stands as the other left it."""
    mine = claim_job(now=NOW)
    work_at(NOW + 2 * LEASE)
    with pytest.raises(ClaimLost):
        checking.check_job(mine, clock=lambda: NOW + 3 * LEASE, until=NOW + 4 * LEASE)
    job.refresh_from_db()
    assert (job.state, job.failure, job.rows.count()) == (JobState.CHECKED, "", 7)


def test_worker_that_is_overtaken_between_two_chunks_steps_back(handler, job):
    def overtaken(number):
        if number == "A3":
            handler.before_check = lambda number: None
            claim_job(now=NOW + 2 * LEASE)

    handler.before_check = overtaken
    work_at()
    job.refresh_from_db()
    assert (job.state, job.rows.count()) == (JobState.CHECKING, 2)
    work_at(NOW + 4 * LEASE)
    job.refresh_from_db()
    assert (job.state, job.rows.count()) == (JobState.CHECKED, 7)


def test_fault_of_the_dry_run_is_told_once(handler, job):
    handler.before_check = breaking_at("A3", RuntimeError("a fault"))
    work_at()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "请联系系统管理员" in job.failure


def test_stretch_is_shorter_than_the_limit_of_tasks(settings):
    assert timedelta(seconds=settings.CELERY_TASK_SOFT_TIME_LIMIT) > work.STRETCH + LEASE


def test_rows_are_written_together_where_the_kind_can(handler, job, actor):
    handler.rows_at_once = 4
    give_word(job, actor)
    work_at()
    assert Job.objects.get(pk=job.pk).state == JobState.COMMITTED
    assert outcomes(job) == [Outcome.CREATED] * 6 + [Outcome.PROBLEM]
    assert len(handler.written) == 6


@pytest.mark.parametrize("error", [RuntimeError("a fault"), IntegrityError("somebody was faster")])
def test_row_that_trips_its_chunk_is_found_and_the_others_are_written(handler, job, actor, error):
    handler.rows_at_once = 4
    give_word(job, actor)
    handler.before_commit = breaking_at("A2", error)
    work_at()
    assert outcomes(job)[0] in {Outcome.CREATED, Outcome.UNCHANGED}  # the sample's memory is no transaction
    assert outcomes(job)[1:] == [Outcome.REFUSED] + [Outcome.CREATED] * 4 + [Outcome.PROBLEM]


def test_overtaken_worker_writes_no_chunk(handler, job, actor):
    handler.rows_at_once = 4
    give_word(job, actor)
    mine = claim_job(now=NOW)
    claim_job(now=NOW + 2 * LEASE)
    with pytest.raises(ClaimLost):
        writing.write_job(mine, clock=lambda: NOW + 3 * LEASE, until=NOW + 4 * LEASE)
    assert handler.written == []
