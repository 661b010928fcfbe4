"""Good standing on a day: what counts for and against it, what is not recorded, and where each statement comes from."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils.translation import override

from apps.core.errors import NotPermitted, PortalError
from apps.members.enums import MembershipStatus
from apps.members.selectors import get_membership, membership_state
from apps.members.services import end_membership
from apps.members.services.periods import change_from
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from apps.standing.enums import Matter, Outcome
from apps.standing.models import MemberRecord
from apps.standing.selectors import good_standing
from apps.standing.selectors.good_standing import last_due_check
from apps.standing.services import end_member_record, withdraw_member_record
from tests.factories.accounts import make_actor
from tests.factories.members import SYSTEM, make_cpa, make_member
from tests.factories.standing import make_member_record

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def standing_of(membership, on=TODAY, **asked):
    return good_standing(get_membership(membership.pk), on=on, **asked)


def codes(standing) -> dict:
    return {finding.matter: finding.code for finding in standing.findings}


def test_member_of_whom_nothing_is_recorded_is_in_good_standing_and_nothing_is_made_up():
    standing = standing_of(make_member())
    assert standing.holds
    assert codes(standing) == {
        Matter.MEMBERSHIP: "membership.active",
        Matter.SUSPENSION: "suspension.none",
        Matter.PROCEEDINGS: "proceedings.none",
        Matter.DISCIPLINE: "discipline.none",
        Matter.ANNUAL_CHECK: "annual_check.unknown",
        Matter.CPE: "cpe.unknown",
        Matter.DUES: "dues.unknown",
    }
    assert {finding.matter for finding in standing.recorded} == {
        *(Matter.MEMBERSHIP, Matter.SUSPENSION, Matter.PROCEEDINGS, Matter.DISCIPLINE)
    }


@pytest.mark.parametrize(
    ("outcome", "changes", "code", "holds"),
    [
        (Outcome.RESCISSION, {}, "proceedings.open", False),
        (Outcome.INVESTIGATION, {}, "proceedings.open", False),
        (Outcome.REVOCATION, {"until_on": date(2026, 6, 1)}, "proceedings.none", True),
        (Outcome.ADMONISHED, {}, "discipline.none", True),
        (Outcome.CRITICISED, {}, "discipline.recorded", True),
        (Outcome.WARNED, {}, "discipline.recorded", True),
        (Outcome.CONDEMNED, {}, "discipline.in_force", False),
        (Outcome.CONDEMNED, {"until_on": date(2026, 10, 1)}, "discipline.recorded", True),
        (Outcome.CONDEMNED, {"decided_on": date(2023, 11, 26)}, "discipline.in_force", False),
        (Outcome.CONDEMNED, {"decided_on": date(2023, 11, 25)}, "discipline.none", True),
        (Outcome.BANNED, {"decided_on": date(2020, 1, 1)}, "discipline.in_force", False),
        (Outcome.PASSED, {}, "annual_check.passed", True),
        (Outcome.DEFERRED, {}, "annual_check.deferred", True),
        (Outcome.FAILED, {}, "annual_check.failed", False),
        (Outcome.PASSED, {"year": 2024}, "annual_check.unknown", True),
        (Outcome.HOURS, {}, "cpe.met", True),
        (Outcome.HOURS, {"hours": 39}, "cpe.short", True),
        (Outcome.HOURS, {"year": 2024}, "cpe.unknown", True),
        (Outcome.PAID, {}, "dues.paid", True),
        (Outcome.WAIVED, {}, "dues.waived", True),
        (Outcome.NOT_LEVIED, {"year": 2026}, "dues.not_levied", True),
        (Outcome.OWED, {}, "dues.owed", False),
        (Outcome.OWED, {"year": 2024}, "dues.unknown", True),
    ],
)
def test_record_speaks_for_or_against(outcome, changes, code, holds):
    membership = make_member(effective_on=date(2020, 3, 5))
    make_member_record(membership.person_id, outcome, **changes)
    standing = standing_of(membership)
    assert code in codes(standing).values()
    assert standing.holds is holds
    assert standing.failing == (() if holds else (code,))


def test_rule_says_what_counts():
    membership = make_member(effective_on=date(2020, 3, 5))
    make_member_record(membership.person_id, Outcome.OWED)
    make_member_record(membership.person_id, Outcome.HOURS, hours=10)
    Rule.objects.filter(key="standing.good_standing").update(value=["cpe"])
    forget_rules()
    assert standing_of(membership).failing == ("cpe.short",)


def test_matter_that_is_not_kept_in_full_says_nothing_where_nothing_is_recorded():
    membership = make_member()
    Rule.objects.filter(key="standing.kept_matters").update(value=[])
    forget_rules()
    assert codes(standing_of(membership))[Matter.DISCIPLINE] == "discipline.unknown"
    make_member_record(membership.person_id, Outcome.CONDEMNED)
    assert not standing_of(membership).holds


def test_register_speaks_of_suspension_custody_and_end():
    membership = make_cpa(now=NOW - timedelta(days=400))
    change_from(membership, date(2026, 10, 1), status=MembershipStatus.SUSPENDED, case="S-1", now=NOW)
    assert standing_of(membership).failing == ("suspension.suspended",)
    assert standing_of(membership, on=date(2026, 9, 30)).holds
    change_from(membership, date(2026, 11, 1), status=MembershipStatus.IN_CUSTODY, case="S-2", now=NOW)
    assert standing_of(membership).failing == ("membership.in_custody",)
    end_membership(actor=SYSTEM, membership_id=membership.pk, reason="withdrawn", on=date(2026, 11, 20), now=NOW)
    standing = standing_of(membership)
    assert standing.failing == ("membership.ended",)
    assert not standing.is_member
    assert membership_state(membership, on=TODAY).end_reason == "withdrawn"
    assert "退" not in "".join(finding.sentence for finding in standing.findings)


def test_new_member_has_nothing_due_yet():
    membership = make_member(effective_on=date(2026, 3, 5))
    found = codes(standing_of(membership))
    assert (found[Matter.ANNUAL_CHECK], found[Matter.CPE]) == ("annual_check.not_yet_due", "cpe.not_yet_due")
    later = codes(standing_of(membership, on=date(2028, 1, 1)))
    assert (later[Matter.ANNUAL_CHECK], later[Matter.CPE]) == ("annual_check.unknown", "cpe.unknown")


@pytest.mark.parametrize(
    ("kind", "on", "year"),
    [
        ("practising", date(2026, 4, 30), 2025),
        ("practising", date(2026, 5, 1), 2026),
        ("non_practising", date(2026, 5, 1), 2025),
        ("non_practising", date(2026, 12, 31), 2025),
        ("non_practising", date(2027, 1, 1), 2026),
    ],
)
def test_check_is_due_when_its_last_day_is_over(kind, on, year):
    assert last_due_check(kind, on) == year


def test_day_of_the_past_as_it_was_known_then():
    membership = make_member(now=NOW - timedelta(days=400))
    row = make_member_record(membership.person_id, Outcome.CONDEMNED, now=NOW)
    assert standing_of(membership, known_at=NOW - timedelta(days=1)).holds
    withdraw_member_record(
        actor=make_actor("registrar"), record_id=row.pk, why="不是这位会员", now=NOW + timedelta(days=1)
    )
    assert not standing_of(membership, known_at=NOW).holds
    assert standing_of(membership).holds


def test_every_statement_names_its_source_and_speaks_both_languages():
    membership = make_member()
    make_member_record(membership.person_id, Outcome.CRITICISED)
    make_member_record(membership.person_id, Outcome.PASSED)
    for language in ("zh-hans", "en"):
        with override(language):
            for finding in standing_of(membership).findings:
                assert finding.sentence and finding.source_words and "%(" not in finding.sentence
    with override("en"):
        said = [finding.sentence for finding in standing_of(membership).findings]
    assert "a non-practising member of The Chinese Institute of Certified Public Accountants" in said[0]
    assert "Circulated criticism (20 April 2026)" in said[3]
    assert not any("一" <= character <= "鿿" for character in "".join(said))
    recorded = " ".join(finding.sentence for finding in standing_of(membership).recorded)
    assert not any(promise in recorded for promise in ("licensed", "will ", "shall"))


def test_nobody_records_about_themself_and_only_the_registrar_records():
    membership = make_member()
    own = make_actor("registrar", person_id=membership.person_id)
    for actor in (own, make_actor("rechecker")):
        with pytest.raises(NotPermitted):
            make_member_record(membership.person_id, actor=actor)


def test_year_has_one_outcome_until_it_is_withdrawn():
    membership = make_member()
    first = make_member_record(membership.person_id, Outcome.FAILED)
    with pytest.raises(PortalError):
        make_member_record(membership.person_id, Outcome.PASSED)
    withdraw_member_record(actor=make_actor("registrar"), record_id=first.pk, why="写错了", now=NOW)
    make_member_record(membership.person_id, Outcome.PASSED)
    assert standing_of(membership).holds


def test_procedure_ends_once_and_nothing_is_rewritten():
    row = make_member_record(make_member().person_id, Outcome.INVESTIGATION)
    registrar = make_actor("registrar")
    with pytest.raises(PortalError):
        end_member_record(actor=registrar, record_id=row.pk, on=date(2026, 4, 19), now=NOW)
    end_member_record(actor=registrar, record_id=row.pk, on=date(2026, 5, 19), now=NOW)
    with pytest.raises(PortalError):
        end_member_record(actor=registrar, record_id=row.pk, on=date(2026, 6, 19), now=NOW)
    with pytest.raises(InternalError), transaction.atomic():
        MemberRecord.objects.update(outcome=Outcome.RESCISSION)
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberRecord.objects.create(
            person_id=row.person_id,
            matter=Matter.CPE,
            outcome=Outcome.HOURS,
            decided_on=TODAY,
            source="x",
            recorded_at=NOW,
        )
