"""Applying once more after a case that has ended: what was given once is not asked for twice."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application, Attachment
from apps.applicants.selectors.again import again_advice
from apps.applicants.selectors.attachments import attachments_of
from apps.applicants.services.again import begin_again
from apps.applicants.services.attachments import remove_attachment
from apps.applicants.services.drafts import open_draft
from apps.applicants.services.review import refuse_application
from apps.core.errors import NotPermitted, TransitionRefused
from apps.documents.services import check_due_uploads, read_file, take_in
from tests.factories.appeals import refused
from tests.factories.applicants import (
    NOW,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    reviewer,
)
from tests.factories.candidates import candidate
from tests.factories.documents import picture_bytes
from tests.factories.uploads import pdf_bytes, upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.EXPIRED])
def test_applying_again_carries_over_all_but_the_declarations(state):
    case = make_application(state=state, employer="杭州某公司")
    draft = begin_again(actor=applicant_of(case), application_id=case.pk, language="zh-hans", now=NOW)
    assert draft.state == State.DRAFT
    assert draft.answers["employer"] == "杭州某公司"
    assert "declarations" not in draft.answers
    assert draft.data_key_id != case.data_key_id
    assert read_file(draft.photo) == read_file(case.photo)


class TestPapersCarriedOver:
    """What was uploaded once is not asked for twice: a copy of its own, under the draft's key."""

    @pytest.fixture
    def ended(self):
        case = make_application()
        for kind, content in (("identity", pdf_bytes(2)), ("identity", picture_bytes()), ("other", b"%PDF-broken")):
            taken = take_in(upload=upload(content), data_key=case.data_key, purpose="application.attachment", now=NOW)
            Attachment.objects.create(application=case, kind=kind, upload=taken, added_at=NOW)
        check_due_uploads(clock=lambda: NOW)
        refuse_application(**arguments(case, reviewer()), reason_code=first_reason("refusal"))
        case.refresh_from_db()
        return case

    def begin(self, case):
        return begin_again(actor=applicant_of(case), application_id=case.pk, language="zh-hans", now=NOW)

    def test_clean_ones_come_along_with_their_pages_and_no_others(self, ended):
        before, after = attachments_of(ended), attachments_of(self.begin(ended))
        assert [paper.kind for paper in before] == ["identity", "identity", "other"]
        assert [paper.kind for paper in after] == ["identity", "identity"]
        for old, new in zip(before, after, strict=False):
            assert new.upload.state == "clean" and new.upload.data_key_id != old.upload.data_key_id
            assert read_file(new.upload.file) == read_file(old.upload.file)
            assert len(new.upload.pages.all()) == len(old.upload.pages.all())

    def test_taking_one_out_of_the_draft_leaves_the_earlier_case_whole(self, ended):
        draft = self.begin(ended)
        given = {"actor": applicant_of(ended), "application_id": draft.pk, "now": NOW}
        for paper in attachments_of(draft):
            remove_attachment(**given, attachment_id=paper.pk)
        assert not attachments_of(draft) and len(attachments_of(ended)) == 3
        assert all(read_file(paper.upload.file) for paper in attachments_of(ended)[:2])

    def test_a_damaged_file_is_asked_for_anew(self, ended):
        first = attachments_of(ended)[0].upload.file
        default_storage.delete(first.path)
        assert [paper.kind for paper in attachments_of(self.begin(ended))] == ["identity"]


def test_draft_that_was_begun_already_is_left_as_it_is():
    case = refused()
    actor = applicant_of(case)
    own = open_draft(actor=actor, eligibility=None, language="zh-hans", now=NOW)
    assert begin_again(actor=actor, application_id=case.pk, language="zh-hans", now=NOW).pk == own.pk


def test_nobody_applies_again_with_another_case_or_one_that_goes_on():
    with pytest.raises(NotPermitted):
        begin_again(actor=candidate(), application_id=refused().pk, language="zh-hans", now=NOW)
    case = make_application()
    with pytest.raises(TransitionRefused):
        begin_again(actor=applicant_of(case), application_id=case.pk, language="zh-hans", now=NOW)


def test_page_says_until_when_it_makes_sense_to_apply_again():
    advice = again_advice(make_application(state=State.WITHDRAWN), today=NOW.date())
    assert advice.makes_sense
    assert "2029年12月20日" in advice.sentence
    assert not again_advice(make_application(state=State.WITHDRAWN), today=date(2029, 12, 21)).makes_sense


def test_page_says_from_which_day_a_bar_no_longer_holds():
    barred = {"capacity": True, "criminal": False, "penalty": True, "penalty_on": "2025-03-01", "revoked": False}
    case = refused(declarations=barred | {"cancelled": False, "expelled": False})
    advice = again_advice(case, today=NOW.date())
    assert not advice.makes_sense
    assert "2027年3月1日" in advice.sentence


def test_button_leads_to_the_tasks_with_everything_filled_in(client):
    case = refused()
    client.force_login(case.user)
    answer = client.post(reverse("applicants:again", args=[case.reference]))
    assert answer["Location"] == reverse("applicants:tasks")
    assert Application.objects.filter(user=case.user, state=State.DRAFT).exists()
