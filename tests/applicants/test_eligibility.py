"""May I apply? Exact to the day (登记办法 Art. 3; product.md A1)."""

from datetime import date, timedelta

import pytest

from apps.applicants.enums import Eligibility, Practising, Route
from apps.applicants.selectors.eligibility import EligibilityAnswers, eligibility
from apps.people.enums import IdentityType

pytestmark = pytest.mark.django_db
PASSED_ON = date(2021, 3, 5)
LAST_DAY = date(2026, 3, 5)


def ask(today=LAST_DAY, **changes):
    answers = {
        "practising": Practising.NEVER,
        "has_certificate": True,
        "certificate_on": PASSED_ON,
        "identity_type": IdentityType.RESIDENT_ID,
    } | changes
    return eligibility(EligibilityAnswers(**answers), today=today)


@pytest.mark.parametrize(("offset", "verdict"), [(-1, "eligible"), (0, "eligible"), (1, "closed")])
def test_fresh_passer_is_exact_to_the_day(offset, verdict):
    result = ask(today=LAST_DAY + timedelta(days=offset))
    assert (result.verdict, result.last_day) == (verdict, LAST_DAY)
    assert result.route == (Route.FRESH_PASSER if offset <= 0 else Route.LATE)


@pytest.mark.parametrize(
    ("passed_on", "last_day"),
    [
        (date(2020, 2, 29), date(2025, 2, 28)),
        (date(2019, 2, 28), date(2024, 2, 28)),
        (date(2023, 3, 1), date(2028, 3, 1)),
    ],
)
def test_29_february_ends_on_the_last_day_of_february(passed_on, last_day):
    assert ask(today=last_day, certificate_on=passed_on).verdict == Eligibility.ELIGIBLE
    assert ask(today=last_day + timedelta(days=1), certificate_on=passed_on).verdict == Eligibility.CLOSED
    assert ask(today=last_day, certificate_on=passed_on).last_day == last_day


@pytest.mark.parametrize(("offset", "verdict"), [(-1, "eligible"), (0, "eligible"), (1, "closed")])
def test_former_practising_member_counts_from_the_day_of_stopping(offset, verdict):
    result = ask(
        today=LAST_DAY + timedelta(days=offset),
        practising=Practising.STOPPED,
        stopped_on=PASSED_ON,
        certificate_on=date(2005, 1, 1),
    )
    assert result.verdict == verdict
    assert result.route == (Route.EX_PRACTISING if offset <= 0 else Route.LATE)


def test_the_route_that_is_open_longer_counts():
    result = ask(practising=Practising.STOPPED, stopped_on=date(2020, 1, 1), certificate_on=date(2024, 1, 1))
    assert (result.route, result.last_day) == (Route.FRESH_PASSER, date(2029, 1, 1))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"practising": Practising.WANTED}, Eligibility.THROUGH_FIRM),
        ({"practising": Practising.WANTED, "has_certificate": False}, Eligibility.THROUGH_FIRM),
        ({"practising": Practising.NOW}, Eligibility.STOP_FIRST),
        ({"has_certificate": False, "certificate_on": None}, Eligibility.NOT_YET),
        ({"certificate_on": None}, Eligibility.NOT_YET),
        ({"practising": Practising.STOPPED, "stopped_on": PASSED_ON, "has_certificate": False}, Eligibility.ELIGIBLE),
        ({"practising": Practising.STOPPED, "has_certificate": False}, Eligibility.NOT_YET),
        ({}, Eligibility.ELIGIBLE),
    ],
)
def test_truth_table(changes, verdict):
    result = ask(**changes)
    assert result.verdict == verdict
    assert result.clause


@pytest.mark.parametrize("kind", IdentityType.values)
def test_overseas_documents_lead_to_the_national_body(kind):
    expected = kind not in {IdentityType.RESIDENT_ID, IdentityType.OTHER}
    assert ask(identity_type=kind).at_national_body is expected


def test_answers_survive_the_session():
    kept = {"practising": "stopped", "stopped_on": "2024-02-29", "has_certificate": True, "certificate_on": ""}
    answers = EligibilityAnswers.from_json(kept)
    assert (answers.stopped_on, answers.certificate_on) == (date(2024, 2, 29), None)
