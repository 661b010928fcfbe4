"""A new value of a rule from a day on: gapless, with reasons, once, and only by whoever may."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from apps.accounts.enums import Role
from apps.audit.selectors import records_of
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.models import Event
from apps.rules.models import Rule
from apps.rules.selectors import kept_rules, rule_value, rules_as_proposed
from apps.rules.selectors.history import marks_of
from apps.rules.services import RuleChange, change_rule, end_local_rule, missing_in_change
from tests.factories.accounts import make_actor

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
KEY = "application.local_days"
NEXT_YEAR = date(2027, 1, 1)
CASES = [{"given": {"start": "2026-03-02"}, "expect": "2026-03-23"}]
FIFTEEN = RuleChange(KEY, 15, NEXT_YEAR, "", "《登记办法》第四条", "Measures, Art. 4", CASES)
ZHEJIANG = replace(FIFTEEN, association="330000")


@pytest.fixture
def registrar():
    return make_actor(Role.REGISTRAR)


def change(actor, proposed, **more):
    return change_rule(actor=actor, change=proposed, now=NOW, **more)


def rows(association=""):
    held = Rule.objects.filter(key=KEY, association_key=association, superseded_at=None).order_by("in_force_from")
    return [(row.value, row.in_force_from, row.in_force_to) for row in held]


def test_old_row_ends_where_the_new_one_begins_and_both_answer_for_their_days(registrar):
    row = change(registrar, FIFTEEN)
    assert rows() == [(20, date(2010, 1, 1), date(2026, 12, 31)), (15, NEXT_YEAR, None)]
    assert rule_value(KEY, on=date(2026, 12, 31)) == 20
    assert rule_value(KEY, on=NEXT_YEAR) == 15
    assert [record.action for record in records_of("rules.rule", row.pk)] == ["rule.changed"]
    assert Event.objects.filter(name="rule.changed", payload__key=KEY).count() == 1


def test_value_between_two_known_ones_ends_before_the_second(registrar):
    change(registrar, FIFTEEN)
    earlier = replace(FIFTEEN, value=18, in_force_from=date(2026, 12, 1), test_cases=[])
    earlier = replace(earlier, test_cases=[{"given": {"start": "2026-03-02"}, "expect": "2026-03-26"}])
    change(registrar, earlier)
    assert [row[1:] for row in rows()] == [
        (date(2010, 1, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (NEXT_YEAR, None),
    ]


def test_second_value_for_the_same_day_supersedes_the_first_which_stays(registrar):
    change(registrar, FIFTEEN)
    change(
        registrar, replace(FIFTEEN, value=10, test_cases=[{"given": {"start": "2026-03-02"}, "expect": "2026-03-16"}])
    )
    assert rows()[1] == (10, NEXT_YEAR, None)
    assert Rule.objects.filter(key=KEY, value=15, superseded_at=NOW).count() == 1


def test_past_needs_a_reason(registrar):
    past = replace(FIFTEEN, in_force_from=date(2026, 11, 24))
    with pytest.raises(RequirementsMissing):
        change(registrar, past)
    assert rows() == [(20, date(2010, 1, 1), None)]
    assert change(registrar, replace(past, why="会协〔2026〕99号自 11 月 24 日起施行")).why


@pytest.mark.parametrize(
    "proposed",
    [
        replace(FIFTEEN, value=0),
        replace(FIFTEEN, value="15"),
        replace(FIFTEEN, clause_en=""),
        replace(FIFTEEN, test_cases=[]),
        replace(FIFTEEN, test_cases=CASES * 21),
        replace(FIFTEEN, test_cases=[{"given": {"start": "2026-03-02"}, "expect": "2026-03-24"}]),
        replace(FIFTEEN, test_cases=[{"given": {"start": "gestern"}, "expect": "2026-03-23"}]),
        replace(FIFTEEN, test_cases=["2026-03-23"]),
        RuleChange("application.max_years", 4, NEXT_YEAR, "330000", test_cases=CASES),
    ],
)
def test_change_that_does_not_hold_together_is_refused_whole(registrar, proposed):
    assert missing_in_change(proposed, today=TODAY)
    with pytest.raises(RequirementsMissing):
        change(registrar, proposed)
    assert Rule.objects.filter(key=proposed.key).count() == 1


def test_association_may_only_be_shorter(registrar):
    longer = [{"given": {"start": "2026-03-02"}, "expect": "2026-03-31"}]
    with pytest.raises(RequirementsMissing):
        change(registrar, replace(ZHEJIANG, value=21, test_cases=longer))
    change(registrar, ZHEJIANG)
    assert rule_value(KEY, on=NEXT_YEAR, association_code="330000") == 15
    assert rule_value(KEY, on=NEXT_YEAR, association_code="310000") == 20
    ten = replace(FIFTEEN, value=10, test_cases=[{"given": {"start": "2026-03-02"}, "expect": "2026-03-16"}])
    with pytest.raises(RequirementsMissing) as refusal:
        change(registrar, ten)
    assert "浙江" in str(refusal.value.missing[0])


def test_association_follows_everybody_again(registrar):
    change(registrar, ZHEJIANG)
    end = {"actor": registrar, "key": KEY, "association": "330000", "why": "", "now": NOW}
    with pytest.raises(TransitionRefused):
        end_local_rule(**end, from_day=date(2026, 12, 1))
    end_local_rule(**end, from_day=date(2027, 7, 1))
    assert rule_value(KEY, on=date(2027, 6, 30), association_code="330000") == 15
    assert rule_value(KEY, on=date(2027, 7, 1), association_code="330000") == 20


def test_same_again_and_stale_page_are_told(registrar):
    seen = marks_of(KEY)
    change(registrar, FIFTEEN, seen=seen)
    with pytest.raises(TransitionRefused):
        change(registrar, replace(FIFTEEN, in_force_from=date(2028, 1, 1)), seen=seen)
    with pytest.raises(RequirementsMissing):
        change(registrar, replace(FIFTEEN, in_force_from=date(2028, 1, 1)))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.RECHECKER, Role.ADMINISTRATOR])
def test_others_may_not(role):
    with pytest.raises(NotPermitted):
        change(make_actor((role, "330000") if role == Role.REVIEWER else role), FIFTEEN)


def test_proposed_value_answers_only_inside_and_only_on_its_days(registrar):
    change(registrar, ZHEJIANG)
    with rules_as_proposed(replace(FIFTEEN, value=12).as_version()):
        assert rule_value(KEY, on=NEXT_YEAR) == 12
        assert rule_value(KEY, on=date(2026, 12, 31)) == 20
        assert rule_value(KEY, on=NEXT_YEAR, association_code="330000") == 15
    assert rule_value(KEY, on=NEXT_YEAR) == 20


def test_other_process_notices_by_the_mark(registrar, monkeypatch):
    """What another process keeps is dropped once the mark in the shared cache differs, not after ten seconds."""
    assert rule_value(KEY, on=NEXT_YEAR) == 20
    kept, read_at = kept_rules.value, kept_rules.read_at
    change(registrar, FIFTEEN)
    kept_rules.value, kept_rules.read_at = kept, read_at
    kept_rules.looked_at = read_at - 2
    kept_rules.mark = "what it was before"
    assert rule_value(KEY, on=NEXT_YEAR) == 15
