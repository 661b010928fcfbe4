"""Papers: asked for by rule, sent from a phone, checked before anybody sees them, read in place by the office."""

import pytest
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.applicants.enums import AttachmentKind, Field, State
from apps.applicants.models import Application, Attachment
from apps.applicants.selectors.attachments import asked_papers, papers_since
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.services.attachments import add_attachment, remove_attachment
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.review import request_correction
from apps.applicants.services.submission import submit_application
from apps.core import clock
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.documents.models import StoredFile, Upload
from apps.documents.services import check_due_uploads, take_in
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.accounts import make_officer, sign_in_officer
from tests.factories.applicants import NOW, applicant_of, arguments, make_application, reviewer
from tests.factories.candidates import TODAY, candidate, make_draft
from tests.factories.documents import picture_bytes
from tests.factories.uploads import pdf_bytes, upload, zip_behind

pytestmark = pytest.mark.django_db
PAGE = reverse("applicants:attachments")


@pytest.fixture
def certificate_required():
    value = {"fresh_passer": [AttachmentKind.CERTIFICATE]}
    Rule.objects.filter(key="application.required_documents").update(value=value)
    forget_rules()
    yield
    forget_rules()


@pytest.fixture
def actor():
    return candidate()


@pytest.fixture
def draft(actor):
    return make_draft(actor=actor)


@pytest.fixture
def page(client, draft):
    client.force_login(draft.user)
    return client


def send(page, content, kind=AttachmentKind.CERTIFICATE, **options):
    return page.post(PAGE, {"kind": kind, "file": upload(content)}, **options)


def checked() -> None:
    check_due_uploads(clock=clock.now)


def submit(draft: Application, actor) -> Application:
    draft.refresh_from_db()
    return submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=NOW)


def attach(application, actor, content=None, kind=AttachmentKind.OTHER, now=NOW) -> Attachment:
    return add_attachment(
        actor=actor, application_id=application.pk, kind=kind, upload=upload(content or picture_bytes()), now=now
    )


def test_nothing_is_asked_of_a_fresh_passer_by_default(page, draft):
    assert asked_papers(draft, today=TODAY) == []
    assert "您的申请不需要上传材料" in page.get(PAGE).content.decode()
    assert PAGE not in page.get(reverse("applicants:tasks")).content.decode()


def test_required_paper_stands_between_the_draft_and_its_submission(certificate_required, page, draft, actor):
    with pytest.raises(RequirementsMissing) as missing:
        submit(draft, actor)
    assert [str(item) for item in missing.value.missing] == ["请上传“全科合格证的照片或扫描件”。"]
    send(page, picture_bytes())
    with pytest.raises(RequirementsMissing) as missing:
        submit(draft, actor)
    assert "正在检查" in str(missing.value.missing[0])
    checked()
    assert submit(draft, actor).state == State.SUBMITTED


def test_refused_paper_is_explained_and_must_go_before_the_submission(certificate_required, page, draft, actor):
    send(page, pdf_bytes(21))
    checked()
    assert "PDF 超过 20 页" in page.get(PAGE).content.decode()
    with pytest.raises(RequirementsMissing):
        submit(draft, actor)
    page.post(PAGE, {"remove": str(Attachment.objects.get().pk)})
    assert not Attachment.objects.exists()
    assert not Upload.objects.exists()
    assert StoredFile.objects.count() == 1, "only the photo of the draft"


def test_file_that_cannot_be_used_is_refused_beside_its_field(certificate_required, page):
    words = send(page, zip_behind(picture_bytes())).content.decode()
    assert "这个文件里还藏着另一种文件" in words
    assert not Upload.objects.exists()


def test_page_without_a_file_says_what_to_do(certificate_required, page):
    assert "请先选择文件" in page.post(PAGE, {"kind": AttachmentKind.CERTIFICATE}).content.decode()


def test_unknown_kind_and_nonsense_ids_harm_nobody(certificate_required, page):
    assert send(page, picture_bytes(), "no-such-kind").status_code == 200
    assert page.post(PAGE, {"remove": "nonsense"}).status_code == 404
    assert not Upload.objects.exists()


def test_five_papers_of_a_kind_are_enough(certificate_required, draft, actor):
    for _number in range(5):
        attach(draft, actor, kind=AttachmentKind.CERTIFICATE)
    with pytest.raises(RequirementsMissing):
        attach(draft, actor, kind=AttachmentKind.CERTIFICATE)
    assert Upload.objects.count() == 5


def test_paper_is_seen_only_once_it_was_checked_and_only_by_its_applicant(certificate_required, page, draft, client):
    send(page, picture_bytes())
    attachment = Attachment.objects.get()
    address = reverse("applicants:attachment_page", args=[attachment.pk, 1])
    assert page.get(address).status_code == 404
    checked()
    assert page.get(address)["Content-Type"] == "image/jpeg"
    client.force_login(make_draft(actor=candidate()).user)
    assert client.get(address).status_code == 404


def test_nobody_else_adds_or_removes_a_paper(draft, actor):
    attachment = attach(draft, actor)
    with pytest.raises(NotPermitted):
        attach(draft, candidate())
    with pytest.raises(NotPermitted):
        remove_attachment(actor=candidate(), application_id=draft.pk, attachment_id=attachment.pk, now=NOW)
    assert Attachment.objects.count() == 1


def with_paper(**changes) -> tuple[Application, Attachment]:
    """A submitted case to which a paper has come by a correction."""
    case = make_application(**changes)
    request_correction(**arguments(case, reviewer()), items=[(Field.ATTACHMENTS, "请上传全科合格证的照片")])
    attachment = attach(case, applicant_of(case), now=NOW)
    checked()
    case.refresh_from_db()
    return case, attachment


def test_correction_of_papers_is_answered_by_sending_one():
    case = make_application()
    request_correction(**arguments(case, reviewer()), items=[(Field.ATTACHMENTS, "请上传全科合格证的照片")])
    case.refresh_from_db()
    answer = arguments(case, applicant_of(case)) | {"answers": {}}
    with pytest.raises(RequirementsMissing):
        answer_correction(**answer)
    attach(case, applicant_of(case))
    with pytest.raises(RequirementsMissing):
        answer_correction(**answer)
    checked()
    assert answer_correction(**answer).state == State.SUBMITTED


def test_correction_page_leads_to_the_papers_and_counts_them(client):
    case, _attachment = with_paper()
    client.force_login(case.user)
    words = client.get(reverse("applicants:answer", args=[case.reference])).content.decode()
    assert "这次已上传并通过检查 1 个文件" in words
    page = client.get(reverse("applicants:progress_attachments", args=[case.reference])).content.decode()
    assert reverse("applicants:progress_attachment_page", args=[case.reference, _attachment.pk, 1]) in page


def test_papers_page_of_a_case_that_waits_for_nobody_leads_back_to_it(client):
    case = make_application()
    client.force_login(case.user)
    answer = client.get(reverse("applicants:progress_attachments", args=[case.reference]))
    assert answer.url == reverse("applicants:progress_case", args=[case.reference])


def test_paper_that_came_stays_evidence():
    case, attachment = with_paper()
    with pytest.raises(RequirementsMissing):
        remove_attachment(actor=applicant_of(case), application_id=case.pk, attachment_id=attachment.pk, now=NOW)
    assert papers_since(case, NOW) == 1


def test_papers_make_a_case_one_that_a_person_looks_at():
    case, _attachment = with_paper()
    lines = {line.key: line for line in checklist(case, roll_finding(case), today=TODAY)}
    assert lines["papers"].needs_person
    assert "其他说明材料" in lines["papers"].sentence


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [(Role.REVIEWER, "330000", 200), (Role.REVIEWER, "310000", 404), (Role.RECHECKER, NATIONAL_CODE, 404)],
)
def test_office_reads_a_paper_in_place_only_within_its_scope(client, role, code, status):
    case, attachment = with_paper()
    sign_in_officer(client, make_officer(role=role, association_code=code))
    answer = client.get(reverse("applicants:case_attachment_page", args=[case.reference, attachment.pk, 1]))
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Disposition"].startswith("inline")
        shown = client.get(reverse("applicants:case", args=[case.reference])).content.decode()
        assert reverse("applicants:case_attachment_page", args=[case.reference, attachment.pk, 1]) in shown


def test_recheck_reads_the_papers_of_cases_that_were_sent(client):
    case, attachment = with_paper()
    address = reverse("applicants:recheck_attachment_page", args=[case.reference, attachment.pk, 1])
    sign_in_officer(client, make_officer(role=Role.RECHECKER, association_code=NATIONAL_CODE))
    assert client.get(address).status_code == 404
    sent = make_application(state=State.SENT)
    taken = take_in(upload=upload(pdf_bytes(2)), data_key=sent.data_key, purpose="test", now=NOW)
    attachment = Attachment.objects.create(application=sent, kind=AttachmentKind.OTHER, upload=taken, added_at=NOW)
    checked()
    address = reverse("applicants:recheck_attachment_page", args=[sent.reference, attachment.pk, 2])
    assert client.get(address).status_code == 200
