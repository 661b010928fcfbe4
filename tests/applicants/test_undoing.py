"""Undoing a wrong admission: two persons of the national body, one transaction, nothing deleted."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.models import SignInName
from apps.applicants.enums import State, UndoState
from apps.applicants.models import Application, Undo
from apps.applicants.selectors.undoing import effects_of_undo
from apps.applicants.services.national import confirm_application
from apps.applicants.services.undoing import ask_undo, confirm_undo, decline_undo
from apps.audit.models import Record
from apps.certificates.enums import VerdictWord
from apps.certificates.selectors import verdict_for_member
from apps.content.models import AnnouncementEntry
from apps.content.services import DocumentNumberTaken
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.mail.models import Message
from apps.members.enums import EndReason, MembershipStatus
from apps.members.selectors import current_membership_of, membership_history, membership_state
from apps.members.services import end_membership
from apps.outbox.services import deliver_due
from tests.factories.accounts import make_actor
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    answers_of,
    arguments,
    make_application,
    make_passer,
    rechecker,
    reviewer,
)
from tests.factories.people import resident_id
from tests.factories.routes import confirmed, cpa_with, former

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
REMOVAL = "会协〔2026〕30号"
FACTS = "考试办公室 2026年3月30日函复：合格证持有人为另一人。"


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def admitted() -> Application:
    return make_application(state=State.CONFIRMED)


def ask(application, actor=None, **changes) -> Undo:
    values = {"reason_code": "undo.not_the_passer", "facts": FACTS}
    return ask_undo(**arguments(application, actor or rechecker(), now=LATER), **values | changes)


def confirm(undo, actor=None, document_number=REMOVAL) -> Undo:
    return confirm_undo(actor=actor or rechecker(), undo_id=undo.pk, document_number=document_number, now=LATER)


def test_two_persons_undo_an_admission_at_once_everywhere(admitted, client):
    membership = admitted.membership
    undo = ask(admitted)
    assert membership_state(membership, on=LATER.date()).is_active
    confirm(undo)
    admitted.refresh_from_db()
    assert (admitted.state, admitted.undone_at) == (State.CONFIRMED, LATER)
    assert membership_state(membership, on=LATER.date()).status == MembershipStatus.VOID
    assert membership_state(membership, on=LATER.date(), known_at=NOW + timedelta(days=1)).is_active
    verdict = verdict_for_member(kind=membership.kind, number=membership.number, name="王小明", now=LATER)
    assert verdict.word == VerdictWord.VOID and verdict.shown is None
    assert not SignInName.objects.filter(value=membership.number).exists()
    entry = AnnouncementEntry.objects.get(case=f"{admitted.reference}/undo")
    assert (entry.name, entry.announcement.kind) == ("王小明", "removal")
    page = client.get(reverse("content:announcement", args=[REMOVAL])).content.decode()
    assert "予以撤销" in page and "取得非执业会员资格" not in page
    assert FACTS not in str(Record.objects.get(action="application.admission_undone").after)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_person_is_told_why_and_what_they_can_do(admitted, client, language):
    Application.objects.filter(pk=admitted.pk).update(language=language)
    confirm(ask(admitted))
    deliver_due(clock=lambda: LATER)
    message = Message.objects.get(purpose__startswith="undone")
    text = message.open_part("text")
    assert REMOVAL in text and FACTS not in text and admitted.reference in text
    assert ("申诉" if language == "zh-hans" else "appeal") in text
    client.force_login(admitted.user)
    page = client.get(reverse("applicants:progress_case", args=[admitted.reference])).content.decode()
    assert FACTS in page and "您的会员登记已撤销" in page and "您的会员编号" not in page


def test_a_new_application_and_a_new_membership_are_possible(admitted):
    confirm(ask(admitted))
    passer = make_passer(identity_number=admitted.answers["identity_number"])
    again = make_application(state=State.SENT, passer=passer, submitted_at=LATER - timedelta(hours=1), now=LATER)
    assert again.person_id == admitted.person_id
    confirm_application(**arguments(again, rechecker(), now=LATER), document_number=DOCUMENT_NUMBER)
    again.refresh_from_db()
    assert again.membership.number != admitted.membership.number
    assert answers_of(passer)["name"] == again.person.name


def test_neither_the_one_who_asks_nor_the_member_decides(admitted):
    first = rechecker()
    undo = ask(admitted, first)
    member = rechecker(person=admitted.person)
    for actor in (first, member, reviewer(), reviewer(NATIONAL_CODE)):
        for decide in (confirm, lambda undo, actor: decline_undo(actor=actor, undo_id=undo.pk, now=LATER)):
            with pytest.raises(NotPermitted):
                decide(undo, actor)
    with pytest.raises(NotPermitted):
        ask(make_application(state=State.CONFIRMED), reviewer())
    with pytest.raises(NotPermitted):
        ask(admitted, member)


def test_a_second_account_of_the_same_person_is_no_second_person(admitted):
    first = rechecker()
    undo = ask(admitted, first)
    other_account = make_actor(Role.RECHECKER, user_id=rechecker().user_id, person_id=first.person_id, label="same")
    with pytest.raises(NotPermitted):
        confirm(undo, other_account)


def test_the_database_itself_wants_another_person(admitted):
    first = rechecker()
    undo = ask(admitted, first)
    for person_id in (first.person_id, admitted.person_id):
        with pytest.raises(IntegrityError), transaction.atomic():
            Undo.objects.filter(pk=undo.pk).update(
                state=UndoState.CONFIRMED,
                decided_at=LATER,
                decided_by_id=rechecker().user_id,
                decided_by_person_id=person_id,
                document_number=REMOVAL,
            )


def test_declining_changes_nothing_and_it_may_be_asked_again(admitted):
    undo = ask(admitted)
    with pytest.raises((TransitionRefused, IntegrityError)):
        ask(admitted)
    decline_undo(actor=rechecker(), undo_id=undo.pk, now=LATER)
    assert membership_state(admitted.membership, on=LATER.date()).is_active
    with pytest.raises(TransitionRefused):
        confirm(undo)
    confirm(ask(admitted))


def test_what_is_undone_is_not_undone_again(admitted):
    undo = ask(admitted)
    confirm(undo)
    with pytest.raises(TransitionRefused):
        confirm(undo)
    admitted.refresh_from_db()
    with pytest.raises(TransitionRefused):
        ask(admitted)


@pytest.mark.parametrize("state", [State.SENT, State.RETURNED])
def test_only_an_admission_is_undone(state):
    with pytest.raises(TransitionRefused):
        ask(make_application(state=state))


@pytest.mark.parametrize(("changes", "says"), [({"reason_code": "refusal.criminal"}, "理由"), ({"facts": " "}, "事实")])
def test_a_reason_and_facts_are_needed(admitted, changes, says):
    with pytest.raises(RequirementsMissing) as refused:
        ask(admitted, **changes)
    assert says in str(refused.value.missing[0])


def test_an_ended_membership_is_not_undone(admitted):
    end_membership(actor=SYSTEM, membership_id=admitted.membership_id, reason="withdrawn", on=LATER.date(), now=LATER)
    with pytest.raises(RequirementsMissing):
        ask(admitted)


@pytest.mark.parametrize(("number", "error"), [("30号", RequirementsMissing), (DOCUMENT_NUMBER, DocumentNumberTaken)])
def test_the_document_number_is_its_own(admitted, number, error):
    undo = ask(admitted)
    with pytest.raises(error):
        confirm(undo, document_number=number)
    undo.refresh_from_db()
    assert undo.state == UndoState.ASKED and membership_state(admitted.membership, on=LATER.date()).is_active


def test_asking_and_confirming_on_the_screens(admitted, desk):
    address = reverse("applicants:undo", args=[admitted.reference])
    decide = reverse("applicants:undo_decide", args=[admitted.reference])
    first, second = rechecker(), rechecker()
    client = desk(first)
    assert "提出撤销登记" in client.get(reverse("applicants:recheck_case", args=[admitted.reference])).content.decode()
    assert "永不再给别人" in client.get(address).content.decode()
    data = {"version": admitted.version, "reason": "undo.clerical"}
    assert "请写明查明的事实" in client.post(address, data).content.decode()
    page = client.post(address, data | {"note": FACTS}, follow=True).content.decode()
    assert "提出的人不能自己确认" in page and "确认：撤销登记并公告" not in page
    page = client.post(decide, {"document_number": REMOVAL, "decision": "confirm"}).content.decode()
    assert "提出撤销的人不能自己确认" in page
    client = desk(second)
    assert admitted.reference in client.get(reverse("applicants:undos")).content.decode()
    assert FACTS in client.get(address).content.decode()
    page = client.post(decide, {"document_number": "", "decision": "confirm"}).content.decode()
    assert "请填写批复文号" in page
    page = client.post(decide, {"document_number": REMOVAL, "decision": "confirm"}, follow=True).content.decode()
    assert "登记已撤销" in page
    page = desk(reviewer()).get(reverse("applicants:case", args=[admitted.reference])).content.decode()
    assert "这次登记已撤销" in page


def test_declining_on_the_screen(admitted, desk):
    ask(admitted)
    decide = reverse("applicants:undo_decide", args=[admitted.reference])
    page = desk(rechecker()).post(decide, {"decision": "decline"}, follow=True).content.decode()
    assert "已决定不撤销" in page
    assert Undo.objects.get().state == UndoState.DECLINED


@pytest.mark.parametrize("name", ["undo", "undo_decide"])
def test_only_the_national_body_finds_the_pages(admitted, desk, name):
    ask(admitted)
    address = reverse(f"applicants:{name}", args=[admitted.reference])
    for actor in (reviewer(), reviewer(NATIONAL_CODE)):
        assert not Undo.objects.filter(decided_at__isnull=False).exists()
        for method in ("get", "post"):
            response = getattr(desk(actor), method)(address, {"decision": "decline"})
            assert response.status_code in (404, 302) or "没有办理" in response.content.decode()
    assert Undo.objects.get().state == UndoState.ASKED


def test_a_case_that_admitted_nobody_leads_back(desk):
    application = make_application(state=State.SENT)
    response = desk(rechecker()).get(reverse("applicants:undo", args=[application.reference]))
    assert response.url == reverse("applicants:recheck_case", args=[application.reference])


class TestConversionUndone:
    """Whoever was a CPA until a wrong conversion is one again: the end never was."""

    @pytest.fixture
    def converted(self):
        identity = resident_id()
        self.old = cpa_with(identity)
        return confirmed(former(identity))

    def test_the_practising_period_goes_on_as_if_nothing_had_been(self, converted):
        before = [(period.valid_from, period.status) for period in membership_history(self.old, known_at=NOW)]
        confirm(ask(converted))
        after = membership_state(self.old, on=LATER.date())
        assert after.is_active and after.firm == membership_state(self.old, on=LATER.date(), known_at=NOW).firm
        assert membership_state(self.old, on=LATER.date(), known_at=LATER - timedelta(days=1)).end_reason == "converted"
        assert membership_state(converted.membership, on=LATER.date()).status == MembershipStatus.VOID
        assert {status for _day, status in before} == {p.status for p in membership_history(self.old)}
        assert current_membership_of(self.old.person_id, on=LATER.date()) == self.old

    def test_certificates_follow(self, converted):
        confirm(ask(converted))
        deliver_due(clock=lambda: LATER)
        words = [
            verdict_for_member(kind=member.kind, number=member.number, name="王小明", now=LATER).word
            for member in (self.old, converted.membership)
        ]
        assert words == ["valid", "void"]
        assert Record.objects.filter(action="membership.restored", subject_id=str(self.old.pk)).count() == 1

    def test_the_officer_reads_it_before_and_the_person_after(self, converted, client):
        assert any(self.old.number in sentence for sentence in effects_of_undo(converted))
        confirm(ask(converted))
        deliver_due(clock=lambda: LATER)
        assert "现已恢复" in Message.objects.get(purpose__startswith="undone").open_part("text")
        client.force_login(converted.user)
        page = client.get(reverse("applicants:progress_case", args=[converted.reference])).content.decode()
        assert self.old.number in page and "现已恢复" in page

    def test_all_or_nothing(self, converted, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError("no announcement")

        monkeypatch.setattr("apps.applicants.services.undoing.announce_removal", fail)
        undo = ask(converted)
        with pytest.raises(RuntimeError), transaction.atomic():
            confirm(undo)
        assert membership_state(self.old, on=LATER.date()).status == MembershipStatus.ENDED
        assert membership_state(converted.membership, on=LATER.date()).is_active


def test_what_ended_for_another_reason_stays_ended():
    identity = resident_id()
    old = cpa_with(identity, reason=EndReason.CANCELLED)
    case = confirmed(former(identity))
    confirm(ask(case))
    assert membership_state(old, on=LATER.date()).end_reason == EndReason.CANCELLED
    assert not any(old.number in sentence for sentence in effects_of_undo(case))
