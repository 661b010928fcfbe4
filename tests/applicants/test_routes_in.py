"""The ways in, from the submission to the register: fresh passers, former CPAs, latecomers, candidates from abroad."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from apps.accounts.models import SignInName
from apps.accounts.services import add_sign_in_name
from apps.applicants.enums import Field, RollMatch, Route, State
from apps.applicants.models import Application
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.services.batches import send_batch
from apps.applicants.services.drafts import open_draft
from apps.applicants.services.filling import QUESTIONS_A_DAY, day_on_roll
from apps.applicants.services.likeness import answer_possible_person
from apps.applicants.services.national import confirm_application
from apps.applicants.services.review import agree_application
from apps.applicants.services.roll_choice import choose_roll_entry
from apps.applicants.services.submission import submit_application
from apps.audit.models import Record
from apps.certificates.selectors.verdicts import verdict_for_member
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.members.enums import EndReason, MemberKind, MembershipStatus
from apps.members.selectors import membership_state
from apps.members.services import end_membership
from apps.people.models import Person
from apps.people.services import add_identity_document, link_user
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    SYSTEM,
    applicant_of,
    arguments,
    make_passer,
    open_batch,
    rechecker,
    reviewer,
)
from tests.factories.candidates import DECLARATIONS, ELIGIBILITY, NOW, TODAY, candidate, make_draft
from tests.factories.members import make_member
from tests.factories.people import make_person, resident_id

pytestmark = pytest.mark.django_db
EARLIER = NOW - timedelta(days=2)
STOPPED = ELIGIBILITY | {
    "practising": "stopped",
    "stopped_on": "2024-06-30",
    "has_certificate": False,
    "certificate_on": None,
}
OF_THE_ROLL = ("certificate_number", "name", "identity_type", "identity_number")


def submitted(*, actor=None, passer=None, **changes) -> Application:
    """A case that came in through the form's own services; `passer` is on the roll with what was typed."""
    actor = actor or candidate()
    typed = {name: getattr(passer, name) for name in OF_THE_ROLL} if passer else {}
    draft = make_draft(actor=actor, **typed | changes)
    return submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=NOW)


def cpa_with(identity: str, *, name="王小明", number="330000120001", reason=None, on=date(2024, 6, 30)):
    """A CPA in the register; with `reason`, ended on that day."""
    person = make_person(name, identity_number=identity)
    member = make_member(person, kind="practising", number=number, effective_on=date(2015, 1, 5), now=EARLIER)
    if reason:
        end_membership(actor=SYSTEM, membership_id=member.pk, reason=reason, on=on, now=NOW - timedelta(days=1))
    return member


def former(identity: str, **changes) -> Application:
    typed = {"identity_number": identity, "cpa_number": "330000120001", "stopped_on": "2024-06-30"}
    typed |= {"certificate_number": "", "certificate_on": "", "eligibility": STOPPED}
    return submitted(**typed | changes)


def lines_of(application, today=TODAY) -> dict:
    application = Application.objects.select_related("data_key").get(pk=application.pk)
    return {line.key: line for line in checklist(application, roll_finding(application), today=today)}


def agreed(application, officer=None):
    application.refresh_from_db()
    seen = {key for key, line in lines_of(application).items() if line.needs_person}
    agree_application(**arguments(application, officer or reviewer(application.association_id)), confirmed=seen)
    application.refresh_from_db()
    return application


def confirmed(application, officer=None, second=None):
    later = NOW + timedelta(minutes=30)
    agreed(application, officer)
    send_batch(actor=SYSTEM, batch_id=open_batch(application).pk, now=later)
    application.refresh_from_db()
    confirm_application(**arguments(application, second or rechecker(), now=later), document_number=DOCUMENT_NUMBER)
    application.refresh_from_db()
    return application


def set_rule(key, value, association=None):
    Rule.objects.filter(key=key, association_id=association).delete()
    Rule.objects.create(key=key, value=value, association_id=association, in_force_from=date(2010, 1, 1))
    forget_rules()


@pytest.fixture(autouse=True)
def _rules_read_afresh():
    yield
    forget_rules()


class TestRollChoice:
    def both(self):
        one = make_passer(certificate_number="QZ243300781", name="张小明")
        make_passer(certificate_number="QZ243300782", name="章小明", identity_number=resident_id(date(1970, 2, 2)))
        return submitted(passer=one, name="章小明", certificate_number="QZ243300782")

    def test_several_lines_must_be_chosen_from_before_an_agreement(self):
        case = self.both()
        assert case.roll_match == RollMatch.NEAR
        assert lines_of(case)["roll"].is_blocked
        with pytest.raises(RequirementsMissing):
            agree_application(**arguments(case, reviewer()), confirmed={"roll"})

    def test_the_chosen_line_stays_with_the_decision(self):
        case = self.both()
        choose_roll_entry(**arguments(case, reviewer()), certificate_number="QZ243300781")
        case = agreed(case)
        assert case.roll_entry.certificate_number == "QZ243300781"
        kept = Record.objects.get(action="application.roll_entry_chosen")
        assert kept.after["certificate_number"] == "QZ243300781" and "name_sound" in kept.after["why"]

    def test_none_of_them_is_an_answer_too(self):
        case = self.both()
        choose_roll_entry(**arguments(case, reviewer()), certificate_number="")
        line = lines_of(case)["roll"]
        assert line.needs_person and case.person_id
        assert agreed(case).roll_entry is None

    def test_a_line_that_is_not_near_cannot_be_chosen(self):
        case = self.both()
        make_passer(certificate_number="QZ990000000", name="别人")
        with pytest.raises(RequirementsMissing):
            choose_roll_entry(**arguments(case, reviewer()), certificate_number="QZ990000000")

    def test_only_the_association_chooses_on_a_fresh_page(self):
        case = self.both()
        with pytest.raises(NotPermitted):
            choose_roll_entry(**arguments(case, reviewer("310000")), certificate_number="QZ243300781")
        choose_roll_entry(**arguments(case, reviewer()), certificate_number="QZ243300781")
        with pytest.raises(TransitionRefused):
            choose_roll_entry(**arguments(case, reviewer()), certificate_number="QZ243300782")

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_the_screen_lists_every_line_with_its_reason(self, desk, language):
        case = self.both()
        client = desk(reviewer())
        client.cookies["language"] = language
        page = client.get(reverse("applicants:case", args=[case.reference])).content.decode()
        assert "QZ243300781" in page and "QZ243300782" in page
        assert (
            "姓名读音相同，用字不同" if language == "zh-hans" else "sounds the same but is written differently"
        ) in page
        version = {"version": case.version, "certificate_number": "QZ243300781"}
        answer = client.post(reverse("applicants:roll_choice", args=[case.reference]), version)
        assert answer.url == reverse("applicants:case", args=[case.reference])
        case.refresh_from_db()
        assert case.roll_chosen_at and case.roll_entry.certificate_number == "QZ243300781"


class TestFormerCpas:
    def test_an_ended_record_is_green_and_becomes_a_non_practising_membership(self):
        identity = resident_id()
        old = cpa_with(identity, reason=EndReason.CANCELLED)
        case = former(identity)
        assert (case.route, case.register_entry, case.person) == (Route.EX_PRACTISING, old, old.person)
        lines = lines_of(case)
        assert lines["practising"].is_green and lines["five_years"].is_green and "roll" not in lines
        new = confirmed(case).membership
        assert (new.kind, new.person_id) == (MemberKind.NON_PRACTISING, old.person_id)
        assert new.number != old.number

    def test_old_and_new_period_change_in_one_transaction_when_the_record_is_still_open(self):
        identity = resident_id()
        old = cpa_with(identity)
        case = former(identity)
        assert lines_of(case)["practising"].needs_person
        assert not lines_of(case)["register"].is_blocked
        new = confirmed(case).membership
        before, after = (membership_state(old, on=day) for day in (date(2026, 3, 1), TODAY))
        assert before.is_current and after.status == MembershipStatus.ENDED
        assert after.end_reason == EndReason.CONVERTED
        assert membership_state(new, on=TODAY).is_active

    def test_verification_follows_the_register_at_once(self):
        identity = resident_id()
        old = cpa_with(identity)
        new = confirmed(former(identity)).membership
        later = NOW + timedelta(hours=1)
        words = [
            verdict_for_member(kind=member.kind, number=member.number, name="王小明", now=later).word
            for member in (old, new)
        ]
        assert words == ["ended", "valid"]

    def test_nothing_changes_where_the_confirmation_fails(self, monkeypatch):
        identity = resident_id()
        old = cpa_with(identity)
        case = former(identity)

        def fail(*args, **kwargs):
            raise RuntimeError("no announcement")

        monkeypatch.setattr("apps.applicants.services.national.announce_admission", fail)
        with pytest.raises(RuntimeError):
            confirmed(case)
        assert membership_state(old, on=TODAY).is_current

    def test_both_numbers_lead_to_the_account_that_the_old_one_opens(self):
        identity = resident_id()
        old = cpa_with(identity)
        account = make_user("cpa@example.org")
        link_user(user_id=account.pk, person_id=old.person_id, now=NOW)
        add_sign_in_name(user_id=account.pk, kind="practising", value=old.number, now=NOW)
        new = confirmed(former(identity)).membership
        names = SignInName.objects.filter(value__in=[old.number, new.number])
        assert {(name.value, name.user_id) for name in names} == {(old.number, account.pk), (new.number, account.pk)}

    def test_without_an_account_before_the_applicants_gets_both(self):
        identity = resident_id()
        old = cpa_with(identity)
        case = confirmed(former(identity))
        names = SignInName.objects.filter(value__in=[old.number, case.membership.number])
        assert {name.user_id for name in names} == {case.user_id} and names.count() == 2

    def test_the_register_keeps_its_own_name(self):
        identity = resident_id()
        old = cpa_with(identity, name="劉小明", reason=EndReason.CANCELLED)
        confirmed(former(identity, name="刘小明"))
        assert Person.objects.select_related("data_key").get(pk=old.person_id).name == "劉小明"

    @pytest.mark.parametrize("reason", ["revoked", "expelled", "disqualified"])
    def test_reasons_of_article_10_fail(self, reason):
        identity = resident_id()
        cpa_with(identity, reason=reason)
        case = former(identity)
        assert lines_of(case)["practising"].is_blocked
        with pytest.raises(RequirementsMissing):
            agreed(case)

    def test_a_rescinded_registration_is_for_a_person(self):
        identity = resident_id()
        cpa_with(identity, reason=EndReason.RESCINDED)
        assert lines_of(former(identity))["practising"].needs_person

    @pytest.mark.parametrize(("ended_on", "level"), [(date(2021, 3, 2), "is_green"), (date(2021, 3, 1), "is_blocked")])
    def test_the_five_years_run_from_the_registers_day_not_from_the_declared_one(self, ended_on, level):
        identity = resident_id()
        cpa_with(identity, reason=EndReason.CANCELLED, on=ended_on)
        lines = lines_of(former(identity, stopped_on="2024-06-30"))
        assert getattr(lines["five_years"], level)
        assert "2021" in lines["stopped_on"].sentence

    def test_a_declared_day_without_a_record_needs_a_person(self):
        lines = lines_of(former(resident_id()))
        assert lines["practising"].needs_person and lines["stopped_on"].needs_person

    def test_somebody_elses_number_is_never_green_nor_converted(self):
        victim = cpa_with(resident_id(date(1970, 1, 1)), reason=EndReason.CANCELLED, name="欧阳海")
        case = former(resident_id(date(1980, 1, 1)))
        assert lines_of(case)["practising"].needs_person
        assert lines_of(case)["same_person"].is_blocked, "an officer must say whether it is the same person"
        question = case.possible_persons.get()
        assert (question.person_id, question.why) == (victim.person_id, ["cpa_number"])
        answer_possible_person(**arguments(case, reviewer()), possible_id=question.pk, is_same=False)
        assert confirmed(case).membership.person_id != victim.person_id

    def test_the_form_shows_nothing_of_the_register(self):
        identity = resident_id()
        cpa_with(identity, name="劉小明", reason=EndReason.CANCELLED)
        case = former(identity, name="某某某")
        assert case.answers[Field.NAME] == "某某某"
        assert "劉" not in str(case.answers)

    def test_an_account_of_the_person_finds_the_form_filled_in(self):
        identity = resident_id()
        old = cpa_with(identity, reason=EndReason.CANCELLED)
        user = make_user("own@example.org")
        link_user(user_id=user.pk, person_id=old.person_id, now=NOW)
        actor = make_actor(user_id=user.pk, person_id=old.person_id, second_factor=False, label="own")
        draft = open_draft(actor=actor, eligibility=STOPPED, language="zh-hans", now=NOW)
        assert draft.answers[Field.IDENTITY_NUMBER] == identity
        assert draft.answers[Field.CPA_NUMBER] == old.number


class TestLate:
    LATE = {
        "certificate_on": "2019-01-10",
        "eligibility": ELIGIBILITY | {"certificate_on": "2019-01-10", "insists": True},
    }

    def late(self, **changes):
        passer = make_passer(certificate_on=date(2019, 1, 10))
        return submitted(passer=passer, **self.LATE | changes)

    def test_closed_whoever_insists_gets_a_person_and_a_red_line(self):
        case = self.late()
        assert (case.route, case.state) == (Route.LATE, State.SUBMITTED)
        assert lines_of(case)["five_years"].is_blocked

    def test_test_result_is_asked_for_and_shown(self):
        set_rule("late_admission.mode", "test", "330000")
        with pytest.raises(RequirementsMissing):
            self.late()
        case = self.late(late_test_on="2026-01-15", late_test_number="CS2026-0123")
        line = lines_of(case)["late"]
        assert line.needs_person and "CS2026-0123" in line.sentence
        assert lines_of(case)["five_years"].needs_person
        assert agreed(case).state == State.AGREED

    def test_proof_of_education_is_asked_for_by_that_association_alone(self):
        set_rule("late_admission.mode", "cpe_proof", "330000")
        case = self.late(late_cpe="2021 年 40 学时，浙江省注册会计师协会")
        assert lines_of(case)["late"].needs_person
        other = self.late(association="310000")
        assert "late" not in lines_of(other) and lines_of(other)["five_years"].is_blocked

    @pytest.mark.parametrize(
        ("mode", "part"),
        [("closed", "没有开放"), ("test", "经过相关测试可以登记"), ("cpe_proof", "继续教育证明可以申请")],
    )
    def test_the_page_says_what_the_rule_is(self, client, mode, part, time_machine):
        time_machine.move_to(NOW, tick=False)
        set_rule("late_admission.mode", mode)
        set_rule("late_admission.mode", "test" if mode == "closed" else "closed", "310000")
        day = {f"certificate_on_{part}": value for part, value in (("year", 2019), ("month", 1), ("day", 1))}
        client.post(reverse("applicants:question", args=["practising"]), {"practising": "never"})
        client.post(reverse("applicants:question", args=["certificate"]), {"has_certificate": "yes"} | day)
        client.post(reverse("applicants:question", args=["document"]), {"identity_type": "resident_id"})
        page = client.get(reverse("applicants:eligibility")).content.decode()
        assert part in page and "第三条" in page and "tel:" in page
        assert ("上海市注册会计师协会" in page) is (mode == "closed")


class TestAbroad:
    ABROAD = {
        "identity_type": "passport",
        "identity_number": "E12345678",
        "identity_country": "SGP",
        "name": "TAN Wei Ming",
    }

    def test_both_officers_are_of_the_national_body_and_two_persons(self):
        passer = make_passer(
            name="TAN Wei Ming", identity_type="passport", identity_number="E12345678", certificate_number="QZ249900031"
        )
        case = submitted(passer=passer, identity_country="SGP", phone="")
        assert (case.association_id, case.roll_match) == ("000000", RollMatch.EXACT)
        person = make_person("李经办")
        first = reviewer("000000", person=person)
        with pytest.raises(NotPermitted):
            confirmed(case, first, rechecker(person=person))
        second = rechecker()
        confirm_application(**arguments(case, second, now=NOW.replace(hour=4)), document_number=DOCUMENT_NUMBER)
        case.refresh_from_db()
        assert membership_state(case.membership, on=TODAY).association_id == "000000"


class TestSamePerson:
    def test_a_renewed_passport_is_noticed_and_joined(self):
        old = make_person(
            "TAN Wei Ming",
            identity_type="passport",
            identity_number="E11111111",
            country="SGP",
            birth_on=date(1990, 5, 3),
        )
        case = submitted(**TestAbroad.ABROAD)
        question = case.possible_persons.get()
        assert (question.person_id, question.why) == (old.pk, ["name_same", "birth_on", "same_country"])
        assert lines_of(case)["same_person"].is_blocked
        officer = reviewer("000000")
        answer_possible_person(**arguments(case, officer), possible_id=question.pk, is_same=True)
        case.refresh_from_db()
        assert case.person_id == old.pk
        assert lines_of(case)["same_person"].is_green
        assert not case.checks_green, "the certificate is not on the roll"
        assert Record.objects.get(action="application.person_compared").after["is_same"] is True
        with pytest.raises(TransitionRefused):
            answer_possible_person(**arguments(case, officer), possible_id=question.pk, is_same=False)

    @pytest.mark.parametrize("name", ["劉曉明", "刘晓明", "刘小明"])
    def test_variant_characters_and_sounds_with_the_same_birth_date(self, name):
        make_person("刘晓明", identity_type="taiwan_permit", identity_number="12345678", birth_on=date(1990, 5, 3))
        case = submitted(name=name, identity_number=resident_id(date(1990, 5, 3)))
        assert case.possible_persons.count() == 1

    def test_a_mistyped_number_is_noticed_a_neighbours_is_not(self):
        make_person("王小明", identity_number=resident_id(date(1990, 5, 3), sequence=123))
        assert submitted(identity_number=resident_id(date(1990, 5, 3), sequence=132)).possible_persons.count() == 1
        assert (
            submitted(
                identity_number=resident_id(date(1990, 5, 3), sequence=124), name="赵钱孙"
            ).possible_persons.count()
            == 0
        )

    def test_old_and_new_form_of_a_number_are_one_person(self):
        identity = resident_id(date(1980, 1, 1), sequence=7)
        person = make_person("王小明", identity_type="taiwan_permit", identity_number="87654321")
        old = identity[:6] + identity[8:17]
        add_identity_document(
            actor=SYSTEM, person_id=person.pk, type="resident_id", number=old, is_former=True, now=NOW
        )
        assert submitted(identity_number=identity).person_id == person.pk

    def test_joining_keeps_one_open_application_a_person(self):
        first = submitted(**TestAbroad.ABROAD | {"identity_number": "E11111111"})
        second = submitted(**TestAbroad.ABROAD)
        question = second.possible_persons.get()
        assert question.person_id == first.person_id
        with pytest.raises(Exception, match="在办"):
            answer_possible_person(**arguments(second, reviewer("000000")), possible_id=question.pk, is_same=True)

    def test_an_officer_does_not_judge_about_themself(self):
        old = make_person(
            "TAN Wei Ming",
            identity_type="passport",
            identity_number="E11111111",
            country="SGP",
            birth_on=date(1990, 5, 3),
        )
        case = submitted(**TestAbroad.ABROAD)
        with pytest.raises(NotPermitted):
            answer_possible_person(
                **arguments(case, reviewer("000000", person=old)),
                possible_id=case.possible_persons.get().pk,
                is_same=True,
            )

    @pytest.mark.parametrize("answer", ["same", "different"])
    def test_on_the_screen(self, desk, answer):
        make_person("刘晓明", identity_type="taiwan_permit", identity_number="12345678", birth_on=date(1990, 5, 3))
        case = submitted(name="劉曉明", identity_number=resident_id(date(1990, 5, 3)))
        client = desk(reviewer())
        page = client.get(reverse("applicants:case", args=[case.reference])).content.decode()
        assert "可能是同一人" in page and "<mark>劉曉</mark>" in page
        address = reverse("applicants:possible_person", args=[case.reference, case.possible_persons.get().pk])
        assert client.post(address, {"version": case.version, "answer": answer}).status_code == 302
        assert case.possible_persons.get().is_same is (answer == "same")
        assert client.post(reverse("applicants:possible_person", args=[case.reference, "x"]), {}).status_code == 404

    def test_a_member_who_applies_again_is_seen_by_the_officer(self):
        identity = resident_id()
        cpa_with(identity)
        case = submitted(identity_number=identity)
        assert lines_of(case)["register"].is_blocked


class TestAdversaries:
    """None of these may pass by exception."""

    def green(self, case) -> bool:
        """By the checklist and by the column that lists filter by."""
        green = all(line.is_green for line in lines_of(case).values())
        assert not case.checks_green or green, "the column never promises more than the checklist"
        return green

    def test_the_honest_one_is_green(self):
        assert self.green(submitted(passer=make_passer(identity_number=resident_id(date(1990, 5, 3), sequence=121))))

    @pytest.mark.parametrize(
        "changes",
        [
            {"certificate_number": "QZ243399999"},
            {"certificate_number": "QZ990000001", "name": "李四"},
            {"name": "章小亮"},
            {"name": "王 小 朋"},
            {"identity_number": resident_id(date(1971, 7, 7))},
            {"identity_type": "passport", "identity_number": "E7654321", "identity_country": "SGP"},
            {"certificate_on": "2024-12-21"},
            {"birth_on": "1991-01-01"},
            {"sex": "female"},
            {"declarations": DECLARATIONS | {"penalty": True, "penalty_on": "2024-03-03", "note": "x"}},
            {"declarations": DECLARATIONS | {"penalty": True, "penalty_on": "2024-03-02", "note": "x"}},
            {"declarations": DECLARATIONS | {"capacity": False, "note": "x"}},
        ],
    )
    def test_whatever_is_edited_is_not(self, changes):
        identity = resident_id(date(1990, 5, 3), sequence=121)
        passer = make_passer(identity_number=identity, certificate_number="QZ243300991")
        assert not self.green(submitted(passer=passer, **{"birth_on": "1990-05-03"} | changes))

    def test_expired_by_a_day_with_the_date_edited(self):
        passer = make_passer(certificate_on=date(2021, 3, 1))
        assert not self.green(submitted(passer=passer, certificate_on="2021-03-02"))

    def test_a_certificate_used_by_somebody_else_before(self):
        passer = make_passer(identity_number=resident_id(date(1990, 5, 3), sequence=121))
        thief = submitted(passer=passer, identity_number=resident_id(date(1971, 7, 7)), name="欧阳海")
        owner = submitted(passer=passer)
        assert not self.green(thief) and not self.green(owner)
        assert thief.reference in lines_of(owner)["certificate_used"].sentence

    def test_the_same_person_again_after_admission(self):
        passer = make_passer(identity_number=resident_id(date(1990, 5, 3), sequence=121))
        confirmed(submitted(passer=passer))
        assert not self.green(submitted(passer=passer))


def _pages(client, case) -> list[str]:
    own = [
        client.get(reverse("applicants:receipt", args=[case.reference])),
        client.get(reverse("applicants:progress_case", args=[case.reference])),
        client.get(reverse("applicants:progress")),
        client.get(reverse("applicants:apply")),
    ]
    text = [page.content.decode().replace(case.reference, "REF") for page in own]
    text = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", page) for page in text]
    return [re.sub(r"candidate\d+@example.org|/static/[^\"]*", "", page) for page in text]


def test_the_candidates_pages_are_the_same_whatever_the_roll_says(desk, time_machine):
    """Bytes apart from the reference, the address of mail and the numbers that were typed."""
    time_machine.move_to(NOW, tick=False)
    seen = {}
    for match, found in ((RollMatch.EXACT, {}), (RollMatch.NEAR, {"name": "张小明"}), (RollMatch.NONE, None)):
        number = ("QZ243311800", "QZ243322800", "QZ243333800")[len(seen)]
        identity = resident_id(date(1990, 5, 3), sequence=(100, 211, 322)[len(seen)])
        typed = {"name": "章小明", "identity_number": identity, "certificate_number": number}
        if found is not None:
            make_passer(**typed | found)
        case = submitted(**typed)
        case.possible_persons.all().delete()
        assert case.roll_match == match
        client = desk(applicant_of(case))
        pages = [page.replace(identity, "ID").replace(number, "NUMBER") for page in _pages(client, case)]
        seen[match] = [page.replace(identity[:4], "").replace(number[:4], "") for page in pages]
        assert all(len(page) > 500 for page in pages[:2])
    assert seen[RollMatch.EXACT] == seen[RollMatch.NEAR] == seen[RollMatch.NONE]


def test_the_roll_fills_in_a_date_only_a_few_times_a_day_for_one_certificate():
    cache.clear()
    passer = make_passer()
    draft = make_draft(name=passer.name, identity_number=passer.identity_number)
    for _question in range(QUESTIONS_A_DAY):
        assert day_on_roll(draft, passer.certificate_number) == "2024-12-20"
    assert day_on_roll(draft, passer.certificate_number) is None
