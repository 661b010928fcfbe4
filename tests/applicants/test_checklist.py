"""Each line says its clause, its fact in figures and dates, where that is known from, and an outcome."""

from datetime import date

import pytest
from django.utils import translation

from apps.applicants.enums import Field, Route, State
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.selectors.lines import Outcome, Source, line_counts
from tests.factories.applicants import CLEAN, NOW, make_application, make_passer
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def lines_of(application) -> dict:
    return {line.key: line for line in checklist(application, roll_finding(application), today=NOW.date())}


def outcome(application, key) -> tuple:
    line = lines_of(application)[key]
    return line.outcome, line.fact, line.source


def test_a_clean_case_passes_every_line():
    lines = lines_of(make_application())
    assert {line.outcome for line in lines.values()} == {Outcome.PASS}
    assert line_counts(lines.values()).passed == len(lines) >= 6


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "王晓明"},
        {"route": Route.LATE},
        {"photo": False},
        {Field.DECLARATIONS.value: {}},
        {Field.CERTIFICATE_ON.value: "2024-12-21"},
        {Field.IDENTITY_NUMBER.value: "330106199001010000"},
        {Field.BIRTH_ON.value: "1990-01-02"},
    ],
)
def test_every_line_names_clause_and_source_in_both_languages(changes):
    changes = dict(changes)
    photo, route = changes.pop("photo", True), changes.pop("route", None)
    number = changes.pop(Field.IDENTITY_NUMBER.value, None)
    application = make_application(photo=photo, **changes)
    application.route = route or application.route
    if number:
        application.answers[Field.IDENTITY_NUMBER] = number
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for line in lines_of(application).values():
                assert line.sentence and line.clause and str(line.source.label), line
                assert (line.clause.startswith("《")) is (language == "zh-hans")


def test_the_fact_of_the_five_years_is_two_days_and_the_last_one():
    passer = make_passer(certificate_on=date(2021, 3, 2))
    on_time = make_application(passer=passer)
    assert outcome(on_time, "five_years") == (Outcome.PASS, "2021-03-02 → 2026-03-02 (≤ 2026-03-02)", Source.ROLL)
    late = make_application(passer=make_passer(certificate_on=date(2021, 3, 1)))
    assert outcome(late, "five_years") == (Outcome.FAIL, "2021-03-01 → 2026-03-02 (≤ 2026-03-01)", Source.ROLL)


def test_what_the_roll_does_not_know_comes_from_the_answer():
    application = make_application(**{Field.CERTIFICATE_NUMBER.value: "QZ000000000"})
    application.answers[Field.NAME] = "无此人"
    assert outcome(application, "five_years")[2] == Source.ANSWER
    assert outcome(application, "roll") == (Outcome.PERSON, "QZ000000000", Source.ROLL)


def test_a_declared_ground_gives_its_years():
    declared = CLEAN | {"penalty": True, "penalty_on": "2024-03-03"}
    application = make_application(**{Field.DECLARATIONS.value: declared})
    expected = (Outcome.FAIL, "2024-03-03 → 2026-03-02 (≥ 2026-03-03)", Source.DECLARATION)
    assert outcome(application, "penalty") == expected


def test_a_member_fails_by_the_register():
    application = make_application()
    make_member(person=application.person)
    assert outcome(application, "register")[::2] == (Outcome.FAIL, Source.REGISTER)


def test_a_confirmed_case_is_not_held_against_itself():
    assert "register" not in lines_of(make_application(state=State.CONFIRMED))
