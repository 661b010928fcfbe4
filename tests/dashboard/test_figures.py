"""The figures on the home page are counted from the records, cheaply, and say nothing where there is nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from apps.applicants.enums import State
from apps.applicants.selectors.figures import local_decision_days
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.review import agree_application, refuse_application
from apps.core.clock import now as present
from apps.dashboard.selectors import figures
from apps.members.models import MembershipPeriod
from apps.rules.selectors import working_calendar
from tests.factories.applicants import (
    NOW,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    reviewer,
)
from tests.factories.candidates import photo_bytes
from tests.factories.certificates import make_certificate
from tests.factories.members import make_cpa, make_member

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
"""Thursday of the week after: eight working days after NOW."""


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


def refused_after(days: int, association="330000"):
    """Refused on the `days`-th of the days after NOW."""
    at = NOW + timedelta(days=days)
    case, officer = make_application(association=association), reviewer(association)
    refuse_application(**arguments(case, officer, now=at), reason_code=first_reason("refusal", at))
    return case


def words(client, address, language="zh-hans") -> str:
    client.cookies["language"] = language
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_yet_is_a_sentence_and_no_zero(client, language):
    home, page = client.get("/").content.decode(), words(client, "/figures/", language)
    assert 'class="figure-value"' not in home
    assert "figure-value" not in client.get("/figures/").content.decode()
    assert {"zh-hans": "所以现在没有这个数字", "en": "no figure yet"}[language] in page


def test_days_are_working_days_from_receipt_to_decision():
    for days in (1, 2, 10):
        refused_after(days)
    assert sorted(used for _code, used in local_decision_days(working_calendar(), since=NOW)) == [1, 2, 8]
    assert figures.service_figures(now=LATER).decision_days == 2


def test_days_of_waiting_for_the_applicant_do_not_count():
    case = make_application(state=State.CORRECTION_REQUESTED)
    answered = NOW + timedelta(days=7)
    answer_correction(
        actor=applicant_of(case),
        application_id=case.pk,
        version=case.version,
        answers={},
        picture=photo_bytes(),
        now=answered,
    )
    case.refresh_from_db()
    agree_application(**arguments(case, reviewer(), now=answered + timedelta(days=1)), confirmed=set())
    assert [used for _code, used in local_decision_days(working_calendar(), since=NOW)] == [1]


def test_older_decisions_are_left_out():
    refused_after(1)
    assert local_decision_days(working_calendar(), since=NOW + timedelta(days=2)) == []


def test_association_with_few_decisions_is_not_shown_by_itself():
    for _case in range(figures.FEWEST):
        refused_after(1)
    refused_after(1, "110000")
    counted = figures.service_figures(now=LATER)
    assert [code for code, _days, _number in counted.by_association] == ["330000"]
    assert counted.decisions == figures.FEWEST + 1


def test_admissions_by_day_and_month_leave_out_what_was_undone():
    make_member(effective_on=date(2026, 3, 2))
    make_cpa(effective_on=date(2026, 2, 3))
    make_member(effective_on=date(2024, 3, 2))
    undone = make_member(effective_on=date(2026, 3, 3))
    void(undone)
    counted = figures.service_figures(now=LATER)
    assert counted.admissions == 1
    assert dict(counted.admissions_by_month)[date(2026, 2, 1)] == 1
    assert dict(counted.admissions_by_month)[date(2026, 3, 1)] == 1
    assert len(counted.admissions_by_month) == figures.MONTHS + 1


def void(membership) -> None:
    period = MembershipPeriod.objects.get(membership=membership)
    MembershipPeriod.objects.filter(pk=period.pk).update(superseded_at=present())
    MembershipPeriod.objects.create(
        membership=membership,
        person_id=membership.person_id,
        status="void",
        association_id=period.association_id,
        valid_from=period.valid_from,
        recorded_at=present() + timedelta(seconds=1),
    )


def test_certificates_of_members_only():
    certificate = make_certificate()
    assert figures.service_figures(now=present()).certificates == 1
    cache.clear()
    void(certificate.membership)
    assert figures.service_figures(now=present()).certificates == 0


def test_home_counts_once_with_a_fixed_number_of_queries(client, django_assert_num_queries):
    for _case in range(3):
        refused_after(1)
        make_member(effective_on=date(2026, 3, 2))
    working_calendar()
    with django_assert_num_queries(3):
        figures.service_figures(now=LATER)
    with django_assert_num_queries(0):
        figures.service_figures(now=LATER + timedelta(minutes=14))


def test_old_figures_are_counted_anew_by_one_reader_only(django_assert_num_queries):
    figures.service_figures(now=LATER)
    refused_after(1)
    soon = LATER + figures.FRESH + timedelta(minutes=1)
    cache.add(f"{figures.KEY}.counting", True)
    assert figures.service_figures(now=soon).decisions == 0
    cache.delete(f"{figures.KEY}.counting")
    assert figures.service_figures(now=soon).decisions == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_show_the_figures_with_their_definitions(client, language, in_march):
    refused_after(1)
    make_member(effective_on=date(2026, 3, 2))
    home = client.get("/", headers={"accept-language": language}).content.decode()
    assert 'href="/figures/#days"' in home
    assert 'href="/figures/#admitted"' in home
    assert "/figures/#certificates" not in home
    page = words(client, "/figures/", language)
    assert {"zh-hans": "2026年3月（至今）", "en": "March 2026 (so far)"}[language] in page


@pytest.fixture
def in_march():
    with time_machine.travel(LATER, tick=True):
        yield


def test_figures_name_nobody():
    make_cpa("阿卜杜拉", effective_on=date(2026, 3, 2))
    assert "阿卜杜拉" not in repr(figures.service_figures(now=LATER))
