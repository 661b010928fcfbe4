"""The same person twice is noticed, and an officer says whether it is so."""

from datetime import date

import pytest
from django.urls import reverse

from apps.applicants.services.likeness import answer_possible_person
from apps.audit.models import Record
from apps.core.errors import NotPermitted, TransitionRefused
from apps.people.services import add_identity_document
from tests.factories.applicants import (
    SYSTEM,
    arguments,
    reviewer,
)
from tests.factories.candidates import NOW
from tests.factories.people import make_person, resident_id
from tests.factories.routes import ABROAD, cpa_with, lines_of, submitted
from tests.support.replaying import every_decision_can_be_derived_again  # noqa: F401

pytestmark = pytest.mark.django_db


class TestSamePerson:
    def test_a_renewed_passport_is_noticed_and_joined(self):
        old = make_person(
            "TAN Wei Ming",
            identity_type="passport",
            identity_number="E11111111",
            country="SGP",
            birth_on=date(1990, 5, 3),
        )
        case = submitted(**ABROAD)
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
        first = submitted(**ABROAD | {"identity_number": "E11111111"})
        second = submitted(**ABROAD)
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
        case = submitted(**ABROAD)
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
