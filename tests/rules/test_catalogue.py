"""Dated rules: the value in force on a day, the association's own first."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.rules.models import Rule
from apps.rules.selectors import UnknownRule, forget_rules, get_reason, reasons, rule_clause, rule_value

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


def test_shipped_rule_has_value_and_clause_in_both_languages():
    assert rule_value("application.local_days", on=DAY) == 20
    with translation.override("zh-hans"):
        assert rule_clause("application.max_years", on=DAY) == "《非执业会员登记办法》第三条"
    with translation.override("en"):
        assert rule_clause("application.max_years", on=DAY).endswith("Art. 3")


def test_value_of_the_day_is_taken_when_a_rule_changes():
    Rule.objects.filter(key="application.local_days").update(in_force_to=date(2026, 12, 31))
    Rule.objects.create(key="application.local_days", value=15, in_force_from=date(2027, 1, 1))
    forget_rules()
    assert rule_value("application.local_days", on=date(2026, 12, 31)) == 20
    assert rule_value("application.local_days", on=date(2027, 1, 1)) == 15


def test_associations_own_value_comes_first_and_only_there():
    Rule.objects.create(key="batch.auto_send", value=False, association_id="330000", in_force_from=date(2026, 1, 1))
    forget_rules()
    assert rule_value("batch.auto_send", on=DAY, association_code="330000") is False
    assert rule_value("batch.auto_send", on=DAY, association_code="310000") is True


def test_rule_that_nobody_has_written_is_an_error_and_no_guess():
    with pytest.raises(UnknownRule):
        rule_value("application.local_days", on=date(2009, 12, 31))


def test_two_values_on_one_day_are_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.create(key="application.local_days", value=15, in_force_from=date(2027, 1, 1))


def test_many_questions_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(50):
            rule_value("application.local_days", on=DAY)


def test_every_reason_speaks_both_languages():
    for kind in ("refusal", "return"):
        assert reasons(kind, on=DAY)
        assert all(reason.text_zh and reason.text_en for reason in reasons(kind, on=DAY))
    with translation.override("en"):
        assert get_reason("refusal.expelled").text.startswith("You were expelled")
