"""Photos that come with the roll: beside the applicant's own, or instead of it; shown to officers and nobody else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import Field, Page, State
from apps.applicants.models import Application, RollEntry, RollPhoto
from apps.applicants.selectors.roll_photos import roll_photo_of
from apps.applicants.services.drafts import save_page, save_photo
from apps.applicants.services.roll_photos import KEPT, NoRollPhoto, forget_roll_photos, use_roll_photo
from apps.associations.services import grant_seat
from apps.documents.models import StoredFile
from apps.documents.services import read_file
from apps.imports.enums import Outcome
from apps.imports.selectors import findings_of
from apps.imports.services import commit_job, handler_for, undo_job, upload_archive, work_on_due
from tests.factories.accounts import make_actor, make_officer, make_user, sign_in_officer
from tests.factories.applicants import NOW, SYSTEM, answers_of, make_application, make_passer
from tests.factories.archives import archive, face
from tests.factories.candidates import make_draft
from tests.factories.certificates import portrait

pytestmark = pytest.mark.django_db

KIND = "roll_photos"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    cache.clear()
    monkeypatch.setattr("apps.imports.services.jobs.wake_worker", lambda: None)
    monkeypatch.setattr("apps.imports.services.undoing.wake_worker", lambda: None)


def officer(code="330000", role=Role.REVIEWER):
    user = make_user(f"brings{code}@example.org")
    grant_seat(actor=SYSTEM, user_id=user.pk, association_code=code, role=role, from_on=NOW.date(), now=NOW)
    return make_actor((role, code), user_id=user.pk)


@pytest.fixture
def actor():
    return officer()


def bring(actor, files, at=NOW):
    job = upload_archive(actor=actor, kind=KIND, stream=archive(files), filename="a.zip", language="zh-hans", now=at)
    work_on_due(clock=lambda: at)
    return job


def write(actor, files, at=NOW):
    job = bring(actor, files, at)
    commit_job(actor=actor, job_id=job.pk, now=at)
    work_on_due(clock=lambda: at)
    return job


def outcomes(job):
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


def entry_of(passer):
    return RollEntry.objects.get(certificate_number=passer.certificate_number)


def with_photo(actor, **changes):
    passer = make_passer(**changes)
    write(actor, {f"{passer.certificate_number.lower()}.JPG": face()})
    return passer


def draft_of(passer, **changes):
    draft = make_draft()
    Application.objects.filter(pk=draft.pk).update(photo=None)
    draft = save_page(
        draft.pk, actor=candidate_of(draft), page=Page.IDENTITY, answers=answers_of(passer, **changes), now=NOW
    )
    return draft, candidate_of(draft)


def candidate_of(draft):
    return make_actor(user_id=draft.user_id, second_factor=False)


def test_photo_is_sealed_under_the_lines_key_and_belongs_to_the_own_roll_only(actor):
    mine, other = make_passer(), make_passer(province_code="110000")
    names = (mine.certificate_number, other.certificate_number, "QZ99999")
    job = bring(actor, {f"{name}.jpg": face() for name in names})
    found = {str(label): count for label, count in findings_of(job, handler_for(KIND).findings) if count}
    assert found == {"新增": 1, "不属于本协会": 1, "没有这个人": 1}
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    work_on_due(clock=lambda: NOW)
    photo = RollPhoto.objects.get()
    assert photo.picture.data_key_id == entry_of(mine).data_key_id
    assert read_file(photo.picture).startswith(b"\xff\xd8")


def test_same_again_is_unchanged_another_supersedes_and_taking_back_restores(actor):
    passer = with_photo(actor)
    name = f"{passer.certificate_number}.jpg"
    assert outcomes(write(actor, {name: face()}, NOW + timedelta(days=1))) == [Outcome.UNCHANGED]
    first = roll_photo_of(entry_of(passer))
    job = write(actor, {name: face("red")}, NOW + timedelta(days=2))
    assert outcomes(job) == [Outcome.UPDATED] and roll_photo_of(entry_of(passer)) != first
    undo_job(actor=actor, job_id=job.pk, now=NOW)
    work_on_due(clock=lambda: NOW + timedelta(days=3))
    assert outcomes(job) == [Outcome.UNDONE] and roll_photo_of(entry_of(passer)) == first
    assert StoredFile.objects.filter(purpose="roll.photo").count() == 1


def test_applicant_of_the_line_uses_it_without_being_shown_it(actor, client):
    draft, applicant = draft_of(with_photo(actor))
    draft = use_roll_photo(actor=applicant, application_id=draft.pk, now=NOW)
    assert draft.photo.data_key_id == draft.data_key_id and draft.photo_from_roll
    assert draft.shown_photo is None
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=draft.user_id))
    assert client.get(reverse("applicants:photo_file")).status_code == 404
    assert "使用考试报名时的照片" in client.get(reverse("applicants:check")).content.decode()


@pytest.mark.parametrize("changed", [{"name": "王小朋"}, {"certificate_number": "QZ24339999"}])
def test_whoever_has_not_all_right_learns_nothing(actor, changed):
    draft, applicant = draft_of(with_photo(actor), **changed)
    with pytest.raises(NoRollPhoto) as wrong:
        use_roll_photo(actor=applicant, application_id=draft.pk, now=NOW)
    without, applicant = draft_of(make_passer())
    with pytest.raises(NoRollPhoto) as none:
        use_roll_photo(actor=applicant, application_id=without.pk, now=NOW)
    assert str(wrong.value) == str(none.value)


def test_roll_answers_a_few_times_a_day_only(actor):
    passer = with_photo(actor)
    draft, applicant = draft_of(passer, name="王小朋")
    for _time in range(5):
        with pytest.raises(NoRollPhoto):
            use_roll_photo(actor=applicant, application_id=draft.pk, now=NOW)
    save_page(draft.pk, actor=applicant, page=Page.IDENTITY, answers=answers_of(passer), now=NOW)
    with pytest.raises(NoRollPhoto):
        use_roll_photo(actor=applicant, application_id=draft.pk, now=NOW)


def test_photo_of_a_line_goes_when_the_answers_name_somebody_else(actor):
    draft, applicant = draft_of(with_photo(actor))
    use_roll_photo(actor=applicant, application_id=draft.pk, now=NOW)
    draft = save_page(draft.pk, actor=applicant, page=Page.CONTACT, answers={Field.PHONE: "+8613900000000"}, now=NOW)
    assert draft.photo_from_roll
    draft = save_page(draft.pk, actor=applicant, page=Page.IDENTITY, answers={Field.NAME: "张三"}, now=NOW)
    assert (draft.photo, draft.photo_from_roll) == (None, False)


def test_own_photo_takes_its_place(actor):
    draft, applicant = draft_of(with_photo(actor))
    use_roll_photo(actor=applicant, application_id=draft.pk, now=NOW)
    draft = save_photo(draft.pk, actor=applicant, picture=portrait("#225533"), now=NOW)
    assert draft.shown_photo == draft.photo and not draft.photo_from_roll


def test_officer_sees_both_photos_and_nobody_elsewhere_does(actor, client):
    application = make_application(passer=with_photo(actor))
    sign_in_officer(client, make_officer("reviewer@example.org"))
    page = client.get(reverse("applicants:case", args=[application.reference])).content.decode()
    url = reverse("applicants:roll_photo", args=[application.reference])
    assert url in page and reverse("applicants:photo", args=[application.reference]) in page
    shown = client.get(url)
    assert b"".join(shown.streaming_content) == read_file(roll_photo_of(entry_of_case(application)).picture)
    sign_in_officer(client, make_officer("other@example.org", association_code="110000"))
    assert client.get(url).status_code == 404


def entry_of_case(application):
    return RollEntry.objects.get(certificate_number=application.answers[Field.CERTIFICATE_NUMBER])


def test_photos_that_nobody_needs_any_more_go(actor):
    passer = with_photo(actor)
    write(actor, {f"{passer.certificate_number}.jpg": face("red")}, NOW + timedelta(days=1))
    assert forget_roll_photos(now=NOW + KEPT) == 0
    assert forget_roll_photos(now=NOW + KEPT + timedelta(days=2)) == 1
    make_application(passer=passer, state=State.CONFIRMED)
    assert forget_roll_photos(now=NOW + KEPT + timedelta(days=2)) == 1
    assert not RollPhoto.objects.exists() and not StoredFile.objects.filter(purpose="roll.photo").exists()
