"""The page of an import: every faulty row can be reached, and taken away as a file that can be brought again."""

import csv
import io

import pytest

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.imports.models import Job
from apps.imports.services import commit_job, export_faulty_rows, work_on_due
from apps.imports.services.claims import MAX_CLAIMS
from tests.factories.accounts import make_actor, make_officer, sign_in_officer
from tests.imports.samples import comma_separated

pytestmark = pytest.mark.django_db

HEADER = ["全科合格证号", "姓名", "证件类型", "证件号码", "合格证日期", "省份"]
GOOD = ["QZ243300123", "王小明", "居民身份证", "11010519491231002X", "2024-12-20", "浙江"]


@pytest.fixture
def officer(client):
    return sign_in_officer(
        client, make_officer("registrar@example.org", role=Role.REGISTRAR, association_code="000000")
    )


def bring(client, content, filename="名单.csv", kind="roll"):
    file = io.BytesIO(content)
    file.name = filename
    response = client.post(f"/office/imports/{kind}/", {"file": file})
    assert response.status_code == 302, response.context["form"].errors
    work_on_due(clock=now)
    return response.url


def faulty(count):
    return comma_separated([GOOD, *[[f"QZ24330{number:04d}", "", *GOOD[2:]] for number in range(count)]], HEADER)


def downloaded(client, url):
    response = client.get(f"{url}faulty.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    return b"".join(response.streaming_content)


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("count", [0, 1, 100, 101, 300])
def test_every_faulty_row_is_on_some_page(client, officer, count):
    url, lines = bring(client, faulty(count)), []
    page = client.get(url)
    while True:
        lines += [fault["line"] for fault in page.context["faults"]]
        if not (following := page.context["fault_links"]["next"]):
            break
        assert following in page.text
        page = client.get(url + following)
    assert lines == list(range(3, 3 + count))
    assert ("有误的行（CSV）" in page.text) == bool(count)


@pytest.mark.parametrize(("asked", "first"), [("2", 103), ("99", 303 - 100), ("x", 3)])
def test_page_that_is_none_shows_another(client, officer, asked, first):
    page = client.get(bring(client, faulty(300)), {"faults": asked})
    assert page.context["faults"][0]["line"] == first


def test_rows_to_mend_come_as_a_file_that_is_read_again(client, officer):
    spoilt = ["QZ243300124", "", "护照", "012345678", "2024年12月20日", "浙江"]
    url = bring(client, comma_separated([GOOD, spoilt], HEADER))
    content = downloaded(client, url)
    assert content.startswith(b"\xef\xbb\xbf")
    (heading, row) = read(content)
    assert heading == [*HEADER, "需要改正之处"]
    assert row[:6] == ["QZ243300124", "", "护照", "'012345678", "2024-12-20", "浙江"]
    assert "没有填写" in row[6]
    row[1] = "李娜"
    again = bring(client, comma_separated([row], heading))
    job = Job.objects.get(pk=again.rstrip("/").rpartition("/")[2])
    assert [(r.outcome, r.values["identity_number"]) for r in job.rows.all()] == [("ready", "012345678")]


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-1", "@cmd", "\t=1", "＝1", "330106199001011234", "007"])
def test_nothing_in_the_file_is_a_formula_or_loses_its_digits(client, officer, typed):
    url = bring(client, comma_separated([[typed, "", *GOOD[2:]]], HEADER))
    assert read(downloaded(client, url))[1][0] == f"'{typed.strip()}"


def test_taking_the_rows_away_is_recorded_with_its_purpose(client, officer):
    url = bring(client, faulty(2))
    downloaded(client, url)
    record = Record.objects.get(action="import.faulty_rows_exported")
    assert (record.purpose, record.after["rows"]) == ("imports.mend_rows", 2)
    assert record.subject_id in url


def test_only_who_may_import_that_kind_takes_rows_away(client, officer):
    url = bring(client, faulty(1))
    job = Job.objects.get()
    for stranger in (Actor.anonymous(), make_actor(Role.ADMINISTRATOR), make_actor((Role.REGISTRAR, "330000"))):
        with pytest.raises(NotPermitted):
            export_faulty_rows(actor=stranger, job=job, now=now())
    sign_in_officer(client, make_officer("reviewer@example.org", role=Role.REVIEWER))
    assert client.get(f"{url}faulty.csv").status_code == 404
    assert not Record.objects.filter(action="import.faulty_rows_exported").exists()


def test_import_that_was_given_up_half_way_says_how_many_rows_are_written(client, officer):
    url = bring(client, comma_separated([GOOD, ["QZ243300124", *GOOD[1:]]], HEADER))
    job = Job.objects.get()
    commit_job(actor=make_actor(Role.REGISTRAR), job_id=job.pk, now=now())
    job.rows.filter(line=2).update(outcome="created")
    Job.objects.update(claims=MAX_CLAIMS)
    work_on_due(clock=now)
    page = client.get(url).text
    assert "已写入 1 行" in page
    assert "没有导入任何内容" not in page


def test_button_pressed_twice_imports_once_and_says_so(client, officer):
    url = bring(client, comma_separated([GOOD], HEADER))
    client.post(f"{url}commit/")
    page = client.post(f"{url}commit/", follow=True)
    assert "没有再导入一次" in page.text
    assert Record.objects.filter(action="import.committed").count() == 1


def test_file_of_another_kind_is_not_found(client, officer):
    url = bring(client, faulty(1))
    assert client.get(f"{url.replace('/roll/', '/members/')}faulty.csv").status_code == 404
