"""An appeal: in time, once, decided by who had no part; set aside, the case begins afresh. And applying again."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import InternalError, transaction
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import AppealAction, AppealState, State
from apps.applicants.models import Appeal, Application, Attachment
from apps.applicants.selectors.again import again_advice
from apps.applicants.selectors.appeals import appeal_window, appeals_visible_to
from apps.applicants.selectors.attachments import attachments_of
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.desk_view import DeskView
from apps.applicants.selectors.had_part import had_part
from apps.applicants.services.again import begin_again
from apps.applicants.services.appeals import decide_appeal, file_appeal
from apps.applicants.services.attachments import remove_attachment
from apps.applicants.services.batches import send_batch
from apps.applicants.services.claims import assign_application, claim_application
from apps.applicants.services.drafts import open_draft
from apps.applicants.services.letters import appeal_letter_of
from apps.applicants.services.national import confirm_application
from apps.applicants.services.next_case import claim_next
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.associations.services import grant_seat
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.documents.services import check_due_uploads, read_file, take_in
from apps.mail.models import Message
from apps.outbox.services import deliver_due
from apps.people.selectors import get_person
from apps.people.services import link_user
from apps.rules.selectors import working_calendar
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)
from tests.factories.candidates import candidate
from tests.factories.documents import picture_bytes
from tests.factories.uploads import pdf_bytes, upload

pytestmark = pytest.mark.django_db


def refused(**changes):
    return make_application(state=State.REFUSED, **changes)


def appealed(case, *, days=1):
    return file_appeal(
        actor=applicant_of(case), application_id=case.pk, grounds="名单有误", now=NOW + timedelta(days=days)
    )


def decide(appeal, actor, action=AppealAction.SET_ASIDE, *, answer="证书日期已经更正", days=3, version=None):
    version = Application.objects.get(pk=appeal.application_id).version if version is None else version
    now = NOW + timedelta(days=days)
    return decide_appeal(actor=actor, appeal_id=appeal.pk, version=version, action=action, answer=answer, now=now)


def test_appeal_is_made_until_the_last_day_and_once():
    case = refused()
    assert appeal_window(case, today=NOW.date()).last_day == date(2026, 4, 1)
    with pytest.raises(TransitionRefused):
        appealed(case, days=31)
    appeal = appealed(case, days=30)
    assert appeal.decide_by > date(2026, 4, 1)
    with pytest.raises(TransitionRefused):
        appealed(case, days=30)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN, State.CONFIRMED, State.CORRECTION_REQUESTED])
def test_only_refusal_and_lapse_can_be_appealed(state):
    with pytest.raises(TransitionRefused):
        appealed(make_application(state=state))


def test_lapse_can_be_appealed():
    case = make_application(state=State.EXPIRED)
    appeal = appealed(case, days=61)
    decide(appeal, rechecker(), days=62)
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_nobody_appeals_for_the_applicant():
    case = refused()
    for actor in (candidate(), reviewer()):
        with pytest.raises(NotPermitted):
            file_appeal(actor=actor, application_id=case.pk, grounds="x", now=NOW)
    with pytest.raises(RequirementsMissing):
        file_appeal(actor=applicant_of(case), application_id=case.pk, grounds="  ", now=NOW)


def test_set_aside_the_association_reviews_afresh_with_a_new_clock():
    case = refused()
    decide(appealed(case), rechecker())
    case = Application.objects.select_related("data_key").get(pk=case.pk)
    assert (case.state, case.reason_code, case.local_decided_at) == (State.SUBMITTED, "", None)
    clock = application_clock(case, working_calendar())
    assert (clock.started_on, clock.is_stopped) == (date(2026, 3, 5), False)
    assert case.decide_by == clock.due_on(clock.started_on)
    agree_application(**arguments(case, reviewer(), now=NOW + timedelta(days=4)))


def test_upheld_the_refusal_stands():
    case = refused()
    appeal = decide(appealed(case), rechecker(), AppealAction.UPHOLD)
    case.refresh_from_db()
    assert (case.state, appeal.state) == (State.REFUSED, AppealState.UPHELD)
    with pytest.raises(TransitionRefused):
        decide(appeal, rechecker(), AppealAction.SET_ASIDE)


class TestReopened:
    """In the new round nobody decides who took a step before, from whichever account."""

    @pytest.fixture
    def reopened(self):
        self.first, self.judge = reviewer(), rechecker()
        for officer in (self.first, self.judge):
            link_user(actor=SYSTEM, person_id=officer.person_id, user_id=officer.user_id, now=NOW)
        case = make_application()
        refuse_application(**arguments(case, self.first), reason_code=first_reason("refusal"))
        decide(appealed(case), self.judge)
        case.refresh_from_db()
        assert (case.state, case.reopened_at) == (State.SUBMITTED, NOW + timedelta(days=3))
        return case

    def acts(self, case, actor):
        given = arguments(case, actor, now=NOW + timedelta(days=4))
        return (
            lambda: agree_application(**given, confirmed=("roll", "identity")),
            lambda: refuse_application(**given, reason_code=first_reason("refusal")),
            lambda: request_correction(**given, items=[("phone", "请核对")]),
        )

    def test_who_refused_does_not_review_it_and_reads_why(self, reopened, desk, time_machine):
        for act in self.acts(reopened, self.first):
            with pytest.raises(NotPermitted, match="申诉成立以前"):
                act()
        time_machine.move_to(NOW + timedelta(days=4), tick=False)
        page = desk(self.first).get(reverse("applicants:case", args=[reopened.reference])).content.decode()
        assert "您在申诉成立以前办理过此件" in page and "同意，报中注协复核" not in page

    def test_a_second_account_of_the_same_person_is_no_other_person(self, reopened):
        account = make_user("second.account@example.org")
        link_user(actor=SYSTEM, person_id=self.first.person_id, user_id=account.pk, now=NOW)
        same = type(self.first)(self.first.kind, "same", account.pk, self.first.person_id, self.first.seats, True)
        with pytest.raises(NotPermitted):
            self.acts(reopened, same)[0]()

    def test_a_colleague_who_had_no_part_agrees_and_another_confirms(self, reopened):
        self.acts(reopened, reviewer())[0]()
        later = NOW + timedelta(days=5)
        send_batch(actor=SYSTEM, batch_id=open_batch(reopened).pk, now=later)
        reopened.refresh_from_db()
        for actor in (self.judge, rechecker(person=get_person(self.first.person_id))):
            with pytest.raises(NotPermitted):
                confirm_application(**arguments(reopened, actor, now=later), document_number=DOCUMENT_NUMBER)
        confirm_application(**arguments(reopened, rechecker(), now=later), document_number=DOCUMENT_NUMBER)
        reopened.refresh_from_db()
        assert reopened.state == State.CONFIRMED

    def test_it_is_neither_claimed_by_nor_handed_to_who_refused(self, reopened):
        given = {"application_id": reopened.pk, "now": NOW + timedelta(days=4)}
        with pytest.raises(NotPermitted):
            claim_application(actor=self.first, **given)
        grant_seat(
            actor=SYSTEM,
            user_id=self.first.user_id,
            association_code="330000",
            role=Role.REVIEWER,
            from_on=NOW.date(),
            now=NOW,
        )
        with pytest.raises(RequirementsMissing) as refusal:
            assign_application(actor=reviewer(), officer_id=self.first.user_id, **given)
        assert "申诉成立以前" in str(refusal.value.missing[0])

    def test_the_next_case_is_one_that_the_officer_may_decide(self, reopened):
        now = NOW + timedelta(days=4)
        Application.objects.filter(pk=reopened.pk).update(decide_by=NOW.date())
        other = make_application()
        assert claim_next(actor=self.first, view=DeskView(), now=now) == other
        assert claim_next(actor=self.first, view=DeskView(), now=now) is None
        assert claim_next(actor=reviewer(), view=DeskView(), now=now) == reopened

    @pytest.mark.parametrize("decision", ["local", "national"])
    def test_the_database_itself_wants_others(self, reopened, decision):
        values = {f"{decision}_decided_at": NOW, f"{decision}_decided_by_id": reviewer().user_id}
        values[f"{decision}_decided_by_person_id"] = self.first.person_id
        with pytest.raises(InternalError, match="had part in a case before"), transaction.atomic():
            Application.objects.filter(pk=reopened.pk).update(**values)

    def test_a_list_asks_no_more_questions_for_cases_that_no_appeal_reopened(self, django_assert_num_queries):
        case = refused()
        with django_assert_num_queries(0):
            assert not had_part(make_actor(), case)


def test_refused_once_more_can_be_appealed_once_more():
    case = refused()
    decide(appealed(case), rechecker())
    case.refresh_from_db()
    again = NOW + timedelta(days=5)
    refuse_application(**arguments(case, reviewer(), now=again), reason_code=first_reason("refusal"))
    case.refresh_from_db()
    assert appeal_window(case, today=again.date()).is_open
    appealed(case, days=6)
    assert Appeal.objects.count() == 2


def test_who_refused_does_not_decide_from_any_account():
    officer = rechecker()
    own = reviewer("000000", person=None)
    case = make_application(association="000000")
    refuse_application(**arguments(case, own), reason_code=first_reason("refusal"))
    case.refresh_from_db()
    appeal = appealed(case)
    second = make_user("second.account@example.org")
    link_user(actor=SYSTEM, person_id=own.person_id, user_id=second.pk, now=NOW)
    other_account = type(own)(own.kind, own.label, second.pk, own.person_id, rechecker().seats, True)
    for actor in (other_account, type(own)(own.kind, own.label, own.user_id, own.person_id, officer.seats, True)):
        with pytest.raises(NotPermitted):
            decide(appeal, actor)
    decide(appeal, officer)


def test_database_refuses_who_had_part():
    case = refused()
    appeal = appealed(case)
    values = {
        "state": AppealState.UPHELD,
        "decided_at": NOW,
        "decided_by_id": case.local_decided_by_id,
        "decided_by_person_id": rechecker().person_id,
        "answer": b"x",
    }
    with pytest.raises(InternalError, match="had part"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**values)
    other = rechecker()
    values |= {"decided_by_id": other.user_id, "decided_by_person_id": case.local_decided_by_person_id}
    with pytest.raises(Exception, match="not_decided_by_who_refused"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**values)


def test_association_does_not_decide_and_does_not_see_the_list():
    appeal = appealed(refused())
    for actor in (reviewer(), reviewer("000000")):
        with pytest.raises(NotPermitted):
            decide(appeal, actor)
        assert not appeals_visible_to(actor)
    assert appeals_visible_to(rechecker()).get() == appeal


def test_own_appeal_is_neither_seen_nor_decided():
    case = refused()
    appeal = appealed(case)
    own = rechecker(person=case.person)
    assert not appeals_visible_to(own)
    with pytest.raises(NotPermitted):
        decide(appeal, own)


def test_decision_on_a_stale_page_and_without_reasons_is_refused():
    appeal = appealed(refused())
    with pytest.raises(TransitionRefused):
        decide(appeal, rechecker(), version=0)
    with pytest.raises(RequirementsMissing):
        decide(appeal, rechecker(), answer=" ")


def test_decision_is_told_in_writing():
    case = refused()
    appeal = decide(appealed(case), rechecker())
    deliver_due(clock=lambda: NOW + timedelta(days=3))
    purposes = [one.purpose.partition(":")[0] for one in Message.objects.order_by("created_at")]
    assert purposes.count("appeal_received") == purposes.count("appeal_decided") == 1
    assert read_file(appeal_letter_of(appeal, now=NOW).file).startswith(b"%PDF")


def test_pages_of_the_appeal(client, desk, time_machine):
    time_machine.move_to(NOW, tick=False)
    case = refused()
    address = reverse("applicants:appeal", args=[case.reference])
    client.force_login(case.user)
    assert "2026年4月1日" in client.get(address).content.decode()
    assert "请写明您为什么不同意" in client.post(address, {"grounds": ""}).content.decode()
    client.post(address, {"grounds": "名单中的证书日期有误"})
    page = client.get(reverse("applicants:progress_case", args=[case.reference])).content.decode()
    assert "等待决定" in page
    assert client.get(address).status_code == 302
    officer = desk(rechecker())
    assert case.reference in officer.get(reverse("applicants:appeals")).content.decode()
    decision = reverse("applicants:appeal_case", args=[case.reference])
    assert "名单中的证书日期有误" in officer.get(decision).content.decode()
    assert "请写明理由" in officer.post(decision, {"action": "uphold", "version": case.version}).content.decode()
    answer = {"action": "set_aside", "version": case.version, "answer": "已经更正"}
    assert officer.post(decision, answer).status_code == 302
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_grounds_typed_after_the_session_ended_are_not_lost(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    case = refused()
    address = reverse("applicants:appeal", args=[case.reference])
    assert client.post(address, {"grounds": "我写了很久的理由"}).status_code == 302
    client.force_login(case.user)
    assert "我写了很久的理由" in client.get(address).content.decode()


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
