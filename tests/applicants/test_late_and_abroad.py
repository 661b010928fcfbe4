"""Who comes after five years, by the rule of the association; who comes from abroad, to the national body."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from apps.applicants.enums import RollMatch, Route, State
from apps.applicants.models import Application
from apps.applicants.selectors.route_words import route_words
from apps.applicants.services.national import confirm_application
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.members.selectors import membership_state
from apps.rules.selectors import forget_rules
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    arguments,
    make_passer,
    rechecker,
    reviewer,
)
from tests.factories.candidates import ELIGIBILITY, NOW, TODAY
from tests.factories.people import make_person
from tests.factories.routes import agreed, confirmed, lines_of, set_rule, submitted
from tests.support.replaying import every_decision_can_be_derived_again  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules_read_afresh():
    yield
    forget_rules()


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


def test_the_way_in_is_told_with_the_years_of_the_rule():
    set_rule("application.max_years", 7)
    case = Application(route="fresh_passer", submitted_at=NOW)
    with override("zh-hans"):
        assert route_words(case) == "取得全科合格证不超过 7 年"
    with override("en"):
        assert route_words(case) == "Passed all subjects not more than 7 years ago"
