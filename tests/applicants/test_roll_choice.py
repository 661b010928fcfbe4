"""Several lines of the roll may be meant: an officer chooses, and the candidate never sees a difference."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from apps.applicants.enums import RollMatch
from apps.applicants.services.filling import QUESTIONS_A_DAY, day_on_roll
from apps.applicants.services.review import agree_application
from apps.applicants.services.roll_choice import choose_roll_entry
from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from tests.factories.applicants import (
    applicant_of,
    arguments,
    make_passer,
    reviewer,
)
from tests.factories.candidates import NOW, make_draft
from tests.factories.people import resident_id
from tests.factories.routes import agreed, lines_of, submitted
from tests.support.replaying import every_decision_can_be_derived_again  # noqa: F401

pytestmark = pytest.mark.django_db


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
