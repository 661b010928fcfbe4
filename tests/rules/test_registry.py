"""The registry and the shipped rows say the same, and every shipped test case comes out as it says."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.rules.enums import Check
from apps.rules.models import Rule
from apps.rules.registry import RULES, ValueRefused
from apps.rules.selectors import forget_rules
from apps.rules.selectors.rule_cases import failing_cases

SHIPPED = json.loads((Path(settings.BASE_DIR) / "apps/rules/reference/rules.json").read_text(encoding="utf-8"))


def test_every_rule_of_the_registry_is_shipped_and_no_other():
    assert sorted(entry["key"] for entry in SHIPPED) == sorted(RULES)


@pytest.mark.django_db
@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry["key"])
def test_shipped_value_fits_and_its_cases_come_out(entry):
    kind = RULES[entry["key"]]
    kind.value.check(entry["value"])
    cases = entry.get("test_cases", [])
    assert cases or kind.check == Check.VALUE
    assert failing_cases(kind, entry["value"], cases) == []
    assert bool(entry["clause_zh"]) == bool(entry["clause_en"])


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry["key"])
def test_value_written_into_a_form_is_read_again(entry):
    kind = RULES[entry["key"]].value
    assert kind.read(kind.write(entry["value"])) == entry["value"]
    assert str(kind.words(entry["value"]))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("application.local_days", 0),
        ("application.local_days", True),
        ("application.local_days", "20"),
        ("application.local_days", 10**9),
        ("late_admission.mode", "open"),
        ("batch.auto_send", "yes"),
        ("draft.remind_days", [21, 7]),
        ("draft.remind_days", []),
        ("correction.remind_days", [2, 7, 14]),
        ("application.required_documents", {"late": ["identity", "identity"]}),
        ("application.required_documents", {"late": ["passport"]}),
        ("application.required_documents", {"early": ["identity"]}),
        ("member_number.non_practising", "{region}{year}"),
        ("member_number.non_practising", "{sequence:0999999999d}"),
        ("member_number.non_practising", "{sequence.__class__}"),
        ("calendar.notice_day", "02-29"),
    ],
)
def test_value_of_the_wrong_kind_is_refused_with_a_sentence(key, value):
    with pytest.raises(ValueRefused) as refusal:
        RULES[key].value.check(value)
    assert "例如" in str(refusal.value) or "请" in str(refusal.value)


@pytest.mark.django_db
def test_check_rules_passes_as_shipped_and_names_the_row_that_is_wrong(capsys):
    call_command("check_rules")
    assert " 0 faults" in capsys.readouterr().out
    Rule.objects.filter(key="application.max_years").update(value=6)
    forget_rules()
    with pytest.raises(SystemExit) as end:
        call_command("check_rules")
    assert end.value.code == 1
    assert "application.max_years" in capsys.readouterr().err
