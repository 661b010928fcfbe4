"""Conflict of interest: declared persons, declared employers, firms of the register; nothing is guessed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.applicants.enums import Field, State
from apps.applicants.models import Application
from apps.applicants.policies import can_recheck_application, can_review_application, can_view_application
from apps.applicants.selectors.handling import colleagues_to_pass_on_to
from apps.applicants.selectors.worklist import applications_visible_to
from apps.applicants.services.batches import send_batch
from apps.applicants.services.claims import claim_application, take_over_application
from apps.applicants.services.holds import hold_case
from apps.applicants.services.messages import message_applicant
from apps.applicants.services.national import confirm_application, confirm_items, return_application
from apps.applicants.services.notes import write_note
from apps.applicants.services.passing_on import pass_on_application
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.associations.services import grant_seat
from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.services import deliver_due
from apps.people.enums import IdentityType, Tie
from apps.people.models import DeclaredRelation
from apps.people.selectors import IdentityNumberRefused, get_person
from apps.people.services import add_identity_document, declare_employer, declare_person, end_relation, link_user
from tests.factories.accounts import make_actor
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)
from tests.factories.firms import make_firm
from tests.factories.members import make_member
from tests.factories.people import make_person, resident_id

pytestmark = pytest.mark.django_db

FIRM = "浙江某某会计师事务所（特殊普通合伙）"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def relate(officer, application, **changes) -> DeclaredRelation:
    values = {
        "tie": Tie.FAMILY,
        "name": application.answers["name"],
        "identity_type": application.answers["identity_type"],
        "identity_number": application.answers["identity_number"],
    }
    return declare_person(actor=officer, now=NOW, **values | changes)


def is_kept_from(officer, application) -> bool:
    """Policy and list say the same."""
    listed = applications_visible_to(officer).filter(pk=application.pk).exists()
    assert listed is can_view_application(officer, application)
    return not listed


def test_the_case_of_a_declared_person_is_not_for_the_officer_but_for_every_colleague():
    application, officer = make_application(), reviewer()
    assert not is_kept_from(officer, application)
    relate(officer, application)
    assert is_kept_from(officer, application)
    assert not is_kept_from(reviewer(), application)
    assert not is_kept_from(officer, make_application())


def test_a_conflicted_officer_decides_and_writes_nothing():
    application, officer = make_application(), reviewer()
    relate(officer, application)
    on = {"actor": officer, "application_id": application.pk, "now": NOW}
    for attempt in (
        lambda: agree_application(**arguments(application, officer)),
        lambda: refuse_application(**arguments(application, officer), reason_code=first_reason("refusal")),
        lambda: request_correction(**arguments(application, officer), items=[("photo", "换")]),
        lambda: write_note(text="看看", **on),
        lambda: message_applicant(text="你好", **on),
        lambda: hold_case(reason_code="hold.other", until=NOW.date() + timedelta(days=3), **on),
    ):
        with pytest.raises(NotPermitted) as refused:
            attempt()
    assert not can_review_application(officer, application)
    with pytest.raises(NotPermitted) as refused:
        agree_application(**arguments(application, officer))
    assert "利害关系" in str(refused.value)


def test_the_same_at_the_national_body():
    application, officer = make_application(state=State.SENT), rechecker()
    relate(officer, application)
    assert is_kept_from(officer, application)
    with pytest.raises(NotPermitted):
        confirm_application(**arguments(application, officer), document_number=DOCUMENT_NUMBER)
    with pytest.raises(NotPermitted):
        return_application(**arguments(application, officer), reason_code=first_reason("return"))
    (result,) = confirm_items(
        actor=officer, items=[(application.pk, application.version)], document_number=DOCUMENT_NUMBER, now=NOW
    )
    assert not result.succeeded and "利害关系" in result.message
    confirm_application(**arguments(application, rechecker()), document_number=DOCUMENT_NUMBER)


def test_a_person_is_known_by_any_document_they_hold_and_never_by_the_name_alone():
    application, officer = make_application(), reviewer()
    other_number = resident_id(born=date(1990, 1, 1), region="330206")
    relate(officer, application, identity_number=other_number)
    assert not is_kept_from(officer, application)
    add_identity_document(
        actor=SYSTEM,
        person_id=application.person_id,
        type=IdentityType.RESIDENT_ID,
        number=other_number,
        is_former=True,
        now=NOW,
    )
    assert is_kept_from(officer, application)


def test_a_declaration_that_was_taken_back_no_longer_holds_and_stays_recorded():
    application, officer = make_application(), reviewer()
    relation = relate(officer, application)
    with pytest.raises(NotPermitted):
        end_relation(actor=reviewer(), relation_id=relation.pk, now=NOW)
    end_relation(actor=officer, relation_id=relation.pk, now=NOW)
    assert not is_kept_from(officer, application)
    assert DeclaredRelation.objects.filter(pk=relation.pk).exists()
    for action in ("relation.declared", "relation.taken_back"):
        record = Record.objects.get(action=action)
        assert record.personal and application.answers["name"] not in str(record.after)


@pytest.mark.parametrize(
    "written", [FIRM, " 浙江某某会计师事务所 (特殊普通合伙) ", "浙江某某会计师事务所(特殊普通合伙)"]
)
def test_an_employer_is_the_same_however_it_is_typed(written):
    application, officer = make_application(**{Field.EMPLOYER.value: written}), reviewer()
    declare_employer(actor=officer, name=FIRM, now=NOW)
    assert is_kept_from(officer, application)
    assert not is_kept_from(officer, make_application(**{Field.EMPLOYER.value: "别的会计师事务所"}))
    assert not is_kept_from(officer, make_application(**{Field.EMPLOYER.value: ""}))


@pytest.mark.parametrize(("left", "kept"), [(date(2021, 3, 3), True), (date(2021, 3, 2), False), (None, True)])
def test_a_former_employer_counts_for_the_years_of_the_rule(left, kept):
    application, officer = make_application(**{Field.EMPLOYER.value: FIRM}), reviewer()
    declare_employer(actor=officer, name=FIRM, to_on=left, now=NOW)
    assert is_kept_from(officer, application) is kept


def test_the_register_knows_the_officers_firm_without_a_declaration():
    firm, officer = make_firm(name=FIRM), reviewer()
    application = make_application(**{Field.EMPLOYER.value: FIRM})
    assert not is_kept_from(officer, application)
    make_cpa_of(officer.person_id, firm)
    assert is_kept_from(officer, application)


def test_an_applicant_who_practised_in_the_declared_firm():
    firm, officer, application = make_firm(name=FIRM), reviewer(), make_application()
    make_cpa_of(application.person_id, firm)
    assert not is_kept_from(officer, application)
    declare_employer(actor=officer, name=FIRM, now=NOW)
    assert is_kept_from(officer, application)


def make_cpa_of(person_id, firm):
    number = f"33000012{Application.objects.count():04d}"
    return make_member(get_person(person_id), kind="practising", number=number, firm_code=firm.code)


def test_two_officers_of_one_firm_are_not_two_pairs_of_eyes():
    first, second = reviewer(), rechecker()
    application = make_application()
    agree_application(**arguments(application, first))
    application.refresh_from_db()
    application.state = State.SENT
    assert can_recheck_application(second, application)
    for officer in (first, second):
        declare_employer(actor=officer, name=FIRM, now=NOW)
    assert not can_recheck_application(second, application)
    assert can_recheck_application(rechecker(), application)


def test_a_declaration_puts_back_what_the_officer_holds_and_nobody_hands_it_over_again():
    application, other, officer = make_application(), make_application(), reviewer()
    for case in (application, other):
        claim_application(actor=officer, application_id=case.pk, now=NOW)
    link_user(user_id=officer.user_id, person_id=officer.person_id, now=NOW)
    relate(officer, application)
    deliver_due(clock=lambda: NOW)
    for case, officer_id in ((application, None), (other, officer.user_id)):
        case.refresh_from_db()
        assert case.officer_id == officer_id
    colleague = reviewer()
    claim_application(actor=colleague, application_id=application.pk, now=NOW)
    with pytest.raises(NotPermitted):
        take_over_application(actor=officer, application_id=application.pk, seen_officer_id=colleague.user_id, now=NOW)


def test_what_cannot_be_read_is_not_declared():
    application, officer = make_application(), reviewer()
    with pytest.raises(IdentityNumberRefused):
        relate(officer, application, identity_number="123")
    with pytest.raises(RequirementsMissing):
        declare_employer(actor=officer, name=" ", now=NOW)
    with pytest.raises(RequirementsMissing):
        declare_employer(actor=officer, name=FIRM, from_on=date(2024, 1, 2), to_on=date(2024, 1, 1), now=NOW)
    for nobody in (make_actor(person_id=officer.person_id), make_actor((Role.REVIEWER, "330000"), person_id=None)):
        with pytest.raises(NotPermitted):
            declare_employer(actor=nobody, name=FIRM, now=NOW)
    assert not DeclaredRelation.objects.exists()


def test_declaring_on_the_screen_and_the_page_of_a_case_that_is_not_ones_own(desk):
    application, officer = make_application(), reviewer()
    client, address = desk(officer), reverse("people:conflicts")
    data = {
        "kind": "person",
        "person-tie": "family",
        "person-name": application.answers["name"],
        "person-identity_type": "resident_id",
        "person-identity_number": "123",
    }
    page = client.post(address, data).content.decode()
    assert application.answers["name"] in page and "error-summary" in page
    data["person-identity_number"] = application.answers["identity_number"]
    assert "已申报" in client.post(address, data, follow=True).content.decode()
    page = client.post(address, {"kind": "employer", "employer-name": FIRM}, follow=True).content.decode()
    assert FIRM in page and "至今" in page
    for name in ("case", "photo", "refuse", "correction", "hold"):
        response = client.get(reverse(f"applicants:{name}", args=[application.reference]))
        assert response.status_code == 403
        page = response.content.decode()
        assert "此件与您有利害关系，已转由他人办理" in page and application.answers["name"] not in page
    assert application.reference not in client.get(reverse("applicants:worklist")).content.decode()
    relation = DeclaredRelation.objects.get(kind="person")
    assert desk(reviewer()).post(reverse("people:end_relation"), {"relation": relation.pk}).status_code == 404
    assert client.post(reverse("people:end_relation"), {"relation": "rubbish"}).status_code == 404
    client = desk(officer)
    client.post(reverse("people:end_relation"), {"relation": relation.pk})
    assert client.get(reverse("applicants:case", args=[application.reference])).status_code == 200


class TestPassingOn:
    """Whoever may not decide a case names the colleague who does, and learns nothing by that."""

    @pytest.fixture
    def conflicted(self):
        application, self.officer = make_application(), reviewer()
        relate(self.officer, application)
        return application

    def colleague(self, name="郑同事", person=None):
        actor = reviewer(person=person or make_person(name))
        link_user(user_id=actor.user_id, person_id=actor.person_id, now=NOW)
        grant_seat(
            actor=SYSTEM,
            user_id=actor.user_id,
            association_code="330000",
            role=Role.REVIEWER,
            from_on=NOW.date(),
            now=NOW,
        )
        return actor

    def pass_on(self, application, officer, actor=None):
        given = {"actor": actor or self.officer, "application_id": application.pk, "now": NOW}
        return pass_on_application(**given, officer_id=officer.user_id)

    def test_to_a_colleague_who_has_no_interest(self, conflicted, desk):
        colleague, of_the_family = self.colleague(), self.colleague("周经办")
        relate(of_the_family, conflicted)
        client = desk(self.officer)
        page = client.get(reverse("applicants:case", args=[conflicted.reference])).content.decode()
        assert f'value="{colleague.user_id}"' in page and f'value="{of_the_family.user_id}"' not in page
        address = reverse("applicants:pass_on", args=[conflicted.reference])
        done = client.post(address, {"officer": colleague.user_id}, follow=True)
        assert "已转交给" in done.content.decode() and conflicted.answers["name"] not in done.content.decode()
        conflicted.refresh_from_db()
        assert conflicted.officer_id == colleague.user_id
        assert conflicted.officer_changes.get().kind == "passed_on"
        agree_application(**arguments(conflicted, colleague))

    def test_never_to_who_has_one_nor_to_a_stranger_nor_to_the_applicant(self, conflicted):
        of_the_family, own = self.colleague("周经办"), self.colleague(person=conflicted.person)
        relate(of_the_family, conflicted)
        for unfit in (of_the_family, own, self.officer, reviewer("310000")):
            with pytest.raises(RequirementsMissing):
                self.pass_on(conflicted, unfit)
        assert colleagues_to_pass_on_to(conflicted, self.officer, now=NOW) == []

    def test_only_by_who_is_kept_from_it_and_only_while_nobody_else_has_it(self, conflicted):
        colleague, another = self.colleague(), self.colleague("吴同事")
        for actor in (another, reviewer("310000")):
            with pytest.raises(NotPermitted):
                self.pass_on(conflicted, colleague, actor)
        claim_application(actor=another, application_id=conflicted.pk, now=NOW)
        with pytest.raises(TransitionRefused):
            self.pass_on(conflicted, colleague)

    def test_where_the_whole_office_is_concerned_the_page_says_where_it_goes(self, conflicted, desk):
        page = desk(self.officer).get(reverse("applicants:case", args=[conflicted.reference])).content.decode()
        assert "本协会现在没有可以办理此件的同事" in page and "pass-on" not in page


def test_a_conflict_tells_nothing_to_another_association(desk):
    application, stranger = make_application(), reviewer("310000")
    relate(stranger, application)
    response = desk(stranger).get(reverse("applicants:case", args=[application.reference]))
    assert response.status_code == 404


def test_the_batch_page_asks_once_for_all_its_cases(desk):
    cases = [make_application() for _count in range(4)]
    for application in cases:
        agree_application(**arguments(application, reviewer()))
    batch = send_batch(actor=SYSTEM, batch_id=open_batch(cases[0]).pk, now=NOW + timedelta(minutes=11))
    officer = rechecker()
    relate(officer, cases[0])
    address = reverse("applicants:recheck_batch", args=[batch.number])
    page = desk(officer).get(address).content.decode()
    assert f"{cases[1].reference}:" in page and f"{cases[0].reference}:" not in page
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk(officer).get(address)
    relate(officer, cases[1])
    with CaptureQueriesContext(connection) as many:
        desk(officer).get(address)
    assert len(many) == len(few)


def test_the_national_bodys_own_case_has_no_dead_end():
    """Home association 000000: agree, return, agree again, confirm, by persons of one body; then even an undoing."""
    application = make_application(association=NATIONAL_CODE, state=State.RETURNED)
    agree_application(**arguments(application, reviewer(NATIONAL_CODE)))
    again = make_application(association=NATIONAL_CODE, state=State.SENT)
    local = again.local_decided_by
    both = make_actor(
        (Role.REVIEWER, NATIONAL_CODE), Role.RECHECKER, user_id=local.pk, person_id=again.local_decided_by_person_id
    )
    with pytest.raises(NotPermitted):
        confirm_application(**arguments(again, both), document_number=DOCUMENT_NUMBER)
    confirm_application(**arguments(again, rechecker()), document_number=DOCUMENT_NUMBER)
    again.refresh_from_db()
    assert again.membership is not None
