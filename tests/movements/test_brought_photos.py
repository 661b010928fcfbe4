"""Members' photos in an archive: checked, written once, compared where the rule says so, taken back by one press."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.accounts.enums import Role
from apps.associations.services import grant_seat
from apps.audit.models import Record
from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.core.errors import NotPermitted, PortalError, TransitionRefused
from apps.documents.models import StoredFile
from apps.documents.services import read_file
from apps.imports.enums import JobState, Outcome
from apps.imports.models import Job
from apps.imports.selectors import findings_of
from apps.imports.services import (
    commit_job,
    export_results,
    forget_old_archives,
    handler_for,
    undo_job,
    upload_archive,
    work,
    work_on_due,
)
from apps.imports.services.forgetting import UNCONFIRMED
from apps.movements.enums import PhotoState
from apps.movements.models import PhotoOffer
from apps.movements.selectors import offers_at_office, photo_page
from apps.movements.services import accept_photo_offer, decline_photo_offer, offer_photo
from apps.outbox import services as outbox
from apps.outbox.models import Event
from apps.people.selectors import get_person
from apps.people.services import link_user
from tests.factories.accounts import make_actor, make_officer, make_user, sign_in_officer
from tests.factories.archives import archive, face
from tests.factories.certificates import make_certifiable_member, portrait
from tests.factories.members import SYSTEM, make_cpa, make_member
from tests.factories.people import make_person
from tests.factories.routes import set_rule

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
KIND = "member_photos"
FIRST = "330000120001"


@pytest.fixture(autouse=True)
def _workers_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda: None)
    monkeypatch.setattr("apps.imports.services.jobs.wake_worker", lambda: None)
    monkeypatch.setattr("apps.imports.services.undoing.wake_worker", lambda: None)


def officer(code="330000", role=Role.REVIEWER, name="officer"):
    """With a seat in the database: the dry run asks for the seats of whoever brought the file."""
    user = make_user(f"{name}{code}@example.org")
    person = make_person("李经办")
    grant_seat(actor=SYSTEM, user_id=user.pk, association_code=code, role=role, from_on=date(2026, 1, 1), now=NOW)
    return make_actor((role, code), user_id=user.pk, person_id=person.pk)


@pytest.fixture
def actor():
    return officer()


def bring(actor, files, at=NOW):
    job = upload_archive(actor=actor, kind=KIND, stream=archive(files), filename="照片.zip", language="zh-hans", now=at)
    work_at(at)
    job.refresh_from_db()
    return job


def work_at(now=NOW):
    work_on_due(clock=lambda: now)


def write(actor, files, at=NOW):
    job = bring(actor, files, at)
    commit_job(actor=actor, job_id=job.pk, now=at)
    work_at(at)
    job.refresh_from_db()
    return job


def take_back(actor, job, at=NOW):
    undo_job(actor=actor, job_id=job.pk, now=at)
    work_at(at)
    job.refresh_from_db()


def found(job):
    return {str(label): count for label, count in findings_of(job, handler_for(KIND).findings) if count}


def outcomes(job):
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


def photo_of(membership):
    return get_person(membership.person_id).photo


def test_dry_run_counts_what_each_file_is_and_writes_nothing(actor):
    make_cpa()
    make_cpa("张三", number="330000120002")
    make_cpa("李四", number="330000120003")
    make_cpa("外地", number="110000120001", association_code="110000")
    job = bring(
        actor,
        [
            (f"{FIRST}.JPG", face()),
            ("内页/330000120002.png", b"not a picture"),
            ("330000120003.jpg", face(size=(90, 90))),
            ("110000120001.jpg", face()),
            ("王小明.jpg", face()),
            ("a/330000120009.jpg", face()),
            ("b/330000120009.png", face()),
        ],
    )
    assert job.state == JobState.CHECKED
    assert found(job) == {
        "新增": 1,
        "打不开": 1,
        "大小不符": 1,
        "不属于本协会": 1,
        "没有这个人": 1,
        "同一人多张": 2,
    }
    assert not PhotoOffer.objects.exists()


def test_first_photo_is_taken_over_by_the_rules_and_makes_a_certificate(actor):
    membership = make_cpa()
    job = write(actor, {f"{FIRST}.jpg": face()})
    assert outcomes(job) == [Outcome.CREATED]
    photo = photo_of(membership)
    assert read_file(photo).startswith(b"\xff\xd8\xff") and b"Exif" not in read_file(photo)
    assert photo.data_key_id == membership.person.data_key_id and photo.size <= 20 * 1024
    offer = PhotoOffer.objects.get()
    assert (offer.state, offer.decided_by_id, offer.import_job) == (PhotoState.ACCEPTED, actor.user_id, job)
    assert Event.objects.filter(name="person.changed").count() == 1
    assert Record.objects.filter(action="photo.brought").count() == 1
    assert job.file is None and not StoredFile.objects.filter(purpose="import").exists()


def test_another_photo_than_on_the_certificate_waits_for_somebody_else(actor):
    membership = make_certifiable_member()
    before = photo_of(membership)
    job = write(actor, {f"{membership.number}.jpg": face()})
    assert outcomes(job) == [Outcome.UPDATED] and found(job) == {"更换": 1}
    assert photo_of(membership) == before
    assert not offers_at_office(actor).exists()  # never by whoever brought it
    colleague = officer(name="colleague")
    (waiting,) = offers_at_office(colleague)
    accept_photo_offer(actor=colleague, offer_id=waiting.pk, now=NOW)
    assert photo_of(membership).sha256 != before.sha256


@pytest.mark.parametrize(
    ("rule", "has_photo", "state"),
    [
        ("replacing", False, PhotoState.ACCEPTED),
        ("replacing", True, PhotoState.OFFERED),
        ("all", False, PhotoState.OFFERED),
        ("nobody", True, PhotoState.ACCEPTED),
    ],
)
def test_who_compares_is_a_rule(actor, rule, has_photo, state):
    set_rule("photo.brought", rule, "330000")
    membership = make_certifiable_member() if has_photo else make_cpa()
    write(actor, {f"{membership.number}.jpg": face()})
    assert PhotoOffer.objects.get().state == state


def test_same_archive_twice_changes_nothing_and_makes_no_certificate(actor):
    membership = make_cpa()
    write(actor, {f"{FIRST}.jpg": face()})
    photo, events = photo_of(membership), Event.objects.count()
    job = write(actor, {f"{FIRST}.jpg": face()}, NOW + timedelta(days=1))
    assert outcomes(job) == [Outcome.UNCHANGED] and found(job) == {"无变化": 1}
    assert photo_of(membership) == photo and PhotoOffer.objects.count() == 1
    assert Event.objects.filter(name="person.changed").count() == 1 and Event.objects.count() == events + 1
    as_printed = write(actor, {f"{FIRST}.jpg": read_file(photo)}, NOW + timedelta(days=2))
    assert outcomes(as_printed) == [Outcome.UNCHANGED]


def test_one_press_takes_all_back_but_what_somebody_has_decided_since(actor):
    set_rule("photo.brought", "nobody", "330000")
    new, replaced, kept = make_cpa(), make_certifiable_member(), make_cpa("张三", number="330000120002")
    before = photo_of(replaced)
    names = [f"{new.number}.jpg", f"{replaced.number}.jpg", f"{kept.number}.jpg"]
    job = write(actor, dict(zip(names, (face("red"), face("blue"), face("green")), strict=True)))
    later = write(actor, {names[2]: face("black")}, NOW + timedelta(days=1))
    take_back(actor, job, NOW + timedelta(days=2))
    assert outcomes(job) == [Outcome.UNDONE, Outcome.UNDONE, Outcome.KEPT]
    assert (photo_of(new), photo_of(replaced)) == (None, before)
    assert "之后又换过照片" in job.rows.get(outcome=Outcome.KEPT).problems[0]["message"]
    take_back(actor, later, NOW + timedelta(days=3))
    assert photo_of(kept) == PhotoOffer.objects.filter(import_job=job, person=kept.person_id).get().picture
    assert job.state == JobState.UNDONE
    assert Record.objects.filter(action="import.undone").count() == 2


def test_photo_that_an_officer_has_compared_stays_and_one_that_waits_goes(actor):
    compared, waiting = make_certifiable_member(), make_certifiable_member("张三")
    job = write(actor, {f"{one.number}.jpg": face() for one in (compared, waiting)})
    colleague = officer(name="colleague")
    offer = PhotoOffer.objects.get(person=compared.person_id)
    accept_photo_offer(actor=colleague, offer_id=offer.pk, now=NOW)
    take_back(actor, job)
    assert sorted(outcomes(job)) == [Outcome.KEPT, Outcome.UNDONE]
    assert photo_of(compared) == offer.picture
    assert PhotoOffer.objects.get(person=waiting.person_id).state == PhotoState.WITHDRAWN


def test_what_the_member_has_offered_is_not_pushed_aside_but_the_member_may_push(actor):
    membership = make_certifiable_member()
    user = make_user("member@example.org")
    link_user(user_id=user.pk, person_id=membership.person_id, now=NOW)
    member = make_actor(user_id=user.pk, person_id=membership.person_id, second_factor=False)
    own = offer_photo(actor=member, picture=portrait("#225533"), now=NOW)
    job = write(actor, {f"{membership.number}.jpg": face("red")})
    assert outcomes(job) == [Outcome.REFUSED]
    decline_photo_offer(actor=officer(name="colleague"), offer_id=own.pk, reason="not_clear", now=NOW)
    write(actor, {f"{membership.number}.jpg": face("red")}, NOW + timedelta(days=1))
    page = photo_page(user.pk, today=NOW.date())
    assert page.waiting.import_job_id and page.attempts_left == 4
    newer = offer_photo(actor=member, picture=portrait("#552233"), now=NOW + timedelta(days=2))
    assert list(PhotoOffer.objects.filter(state=PhotoState.OFFERED)) == [newer]


def test_number_of_both_kinds_needs_its_kind(actor):
    make_cpa(number="332026000001")
    other = make_member(make_person("张三"), number="332026000001")
    job = bring(actor, {"332026000001.jpg": face()})
    assert found(job) == {"其他": 1}
    write(actor, {"非执业332026000001.jpg": face()}, NOW + timedelta(days=1))
    assert photo_of(other) is not None


def test_the_member_whose_word_it_is_brings_no_photo_of_their_own(actor):
    membership = make_cpa()
    own = make_actor((Role.REVIEWER, "330000"), user_id=actor.user_id, person_id=membership.person_id)
    job = bring(actor, {f"{FIRST}.jpg": face()})
    commit_job(actor=own, job_id=job.pk, now=NOW)
    work_at()
    assert outcomes(job) == [Outcome.REFUSED]


def test_worker_that_dies_in_the_middle_leaves_the_rest_and_nothing_twice(actor, monkeypatch):
    members = [make_cpa(f"王{name}", number=f"33000012000{number}") for number, name in enumerate("一二三四五")]
    job = bring(actor, {f"{one.number}.jpg": face() for one in members})
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    handler = handler_for(KIND)
    commit, calls = handler.commit, []

    def dies(parsed, **given):
        calls.append(parsed)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return commit(parsed, **given)

    monkeypatch.setattr(handler, "commit", dies)
    with pytest.raises(KeyboardInterrupt):
        work_at()
    assert PhotoOffer.objects.count() == 2
    work_at(NOW + work.STRETCH)
    assert set(outcomes(job)) == {Outcome.CREATED} and PhotoOffer.objects.count() == 5


def test_archive_that_is_none_is_told_so(actor):
    job = upload_archive(
        actor=actor, kind=KIND, stream=io.BytesIO(b"Rar!\x1a\x07"), filename="a.zip", language="zh-hans", now=NOW
    )
    work_at()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and "ZIP" in job.failure


def test_results_are_a_table_with_a_reason_for_each_file(actor):
    make_cpa()
    job = write(actor, {f"{FIRST}.jpg": face(), "=1+1.jpg": face()})
    content = b"".join(export_results(actor=actor, job=job, now=NOW)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == ["文件", "检查结果", "结果", "原因"]
    assert rows[1] == [f"{FIRST}.jpg", "新增", "新增", ""]
    assert rows[2][:3] == ["'=1+1.jpg", "没有这个人", "有误"] and "没有这个编号" in rows[2][3]


def test_without_the_permission_nothing_is_taken_back_or_handed_out(actor):
    make_cpa()
    job = write(actor, {f"{FIRST}.jpg": face()})
    stranger = make_actor((Role.DIRECTOR, "330000"), user_id=make_user("d@example.org").pk)
    with pytest.raises(NotPermitted):
        undo_job(actor=stranger, job_id=job.pk, now=NOW)
    with pytest.raises(NotPermitted):
        export_results(actor=stranger, job=job, now=NOW)


def test_national_body_brings_photos_of_all_associations():
    make_cpa()
    job = write(officer("000000", Role.REGISTRAR), {f"{FIRST}.jpg": face()})
    assert outcomes(job) == [Outcome.CREATED]


def test_pages_lead_from_the_file_to_its_withdrawal(client):
    user = make_officer("reviewer@example.org", association_code="330000")
    sign_in_officer(client, user)
    make_cpa()
    file = archive({f"{FIRST}.jpg": face(), "x.jpg": face()})
    file.name = "照片.zip"
    url = client.post(f"/office/imports/{KIND}/", {"file": file}).url
    work_on_due(clock=lambda: datetime.now(UTC))
    page = client.get(url).content.decode()
    assert "导入 1 张" in page and "没有这个人" in page
    client.post(f"{url}commit/")
    work_on_due(clock=lambda: datetime.now(UTC))
    assert "撤回 1 张" in client.get(url).content.decode()
    assert client.get(f"{url}results.csv").status_code == 200
    client.post(f"{url}undo/")
    work_on_due(clock=lambda: datetime.now(UTC))
    assert "已撤回 1 张" in client.get(url).content.decode()
    other = make_officer("other@example.org", association_code="110000")
    client.logout()
    sign_in_officer(client, other)
    assert client.get(url).status_code == 404 and Job.objects.get().state == JobState.UNDONE


def test_certificate_with_a_photo_that_was_taken_back_is_out_of_force(actor):
    membership = make_cpa()
    job = write(actor, {f"{FIRST}.jpg": face()})
    outbox.deliver_due(clock=lambda: NOW)
    (certificate,) = Certificate.objects.filter(membership=membership)
    assert certificate.state == CertificateState.ISSUED
    take_back(actor, job)
    outbox.deliver_due(clock=lambda: NOW)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.superseded_by) == (CertificateState.SUPERSEDED, None)


def test_brought_photo_makes_a_version_and_taking_it_back_another(actor):
    set_rule("photo.brought", "nobody", "330000")
    membership = make_certifiable_member()
    job = write(actor, {f"{membership.number}.jpg": face()})
    outbox.deliver_due(clock=lambda: NOW)
    take_back(actor, job)
    outbox.deliver_due(clock=lambda: NOW)
    states = Certificate.objects.filter(membership=membership).order_by("version").values_list("state", flat=True)
    assert [*states] == [CertificateState.SUPERSEDED, CertificateState.ISSUED]


def test_worker_that_dies_while_taking_back_leaves_the_rest_to_the_next(actor, monkeypatch):
    members = [make_cpa(f"王{name}", number=f"33000012000{number}") for number, name in enumerate("一二三四")]
    job = write(actor, {f"{one.number}.jpg": face() for one in members})
    undo_job(actor=actor, job_id=job.pk, now=NOW)
    handler = handler_for(KIND)
    undo, calls = handler.undo, []

    def dies(values, **given):
        calls.append(values)
        if len(calls) == 2:
            raise KeyboardInterrupt
        undo(values, **given)

    monkeypatch.setattr(handler, "undo", dies)
    with pytest.raises(KeyboardInterrupt):
        work_at()
    assert sorted(outcomes(job)) == [Outcome.CREATED] * 3 + [Outcome.UNDONE]
    work_at(NOW + work.STRETCH)
    assert set(outcomes(job)) == {Outcome.UNDONE} and len(calls) == 5
    with pytest.raises(TransitionRefused):
        undo_job(actor=actor, job_id=job.pk, now=NOW)


def test_two_presses_take_back_once(actor):
    make_cpa()
    job = write(actor, {f"{FIRST}.jpg": face()})
    undo_job(actor=actor, job_id=job.pk, now=NOW)
    with pytest.raises(TransitionRefused):
        undo_job(actor=actor, job_id=job.pk, now=NOW)
    assert Record.objects.filter(action="import.undone").count() == 1


def test_archive_that_nobody_gave_the_word_for_goes_and_says_so(actor):
    make_cpa()
    job = bring(actor, {f"{FIRST}.jpg": face()})
    assert forget_old_archives(now=NOW + UNCONFIRMED - timedelta(hours=1)) == 0
    assert forget_old_archives(now=NOW + UNCONFIRMED + timedelta(hours=1)) == 1
    assert forget_old_archives(now=NOW + UNCONFIRMED + timedelta(hours=1)) == 0
    with pytest.raises(PortalError, match="重新上传"):
        commit_job(actor=actor, job_id=job.pk, now=NOW + UNCONFIRMED)
    job.refresh_from_db()
    assert job.state == JobState.CHECKED and not StoredFile.objects.filter(purpose="import").exists()
