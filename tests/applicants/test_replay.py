"""Each decision keeps what it rested on, and derives again from that alone."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import InternalError, connection, transaction

from apps.applicants.enums import Action, State
from apps.applicants.models import Decision
from apps.applicants.selectors.replay import replay
from apps.applicants.services.review import agree_application
from apps.core.encryption import create_data_key
from apps.core.errors import RequirementsMissing
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.applicants import NOW, arguments, make_application, make_passer, reviewer

pytestmark = pytest.mark.django_db

DECIDING = {
    State.CORRECTION_REQUESTED: [Action.REQUEST_CORRECTION],
    State.REFUSED: [Action.REFUSE],
    State.AGREED: [Action.AGREE],
    State.RETURNED: [Action.AGREE, Action.RETURN],
    State.CONFIRMED: [Action.AGREE, Action.CONFIRM],
    State.EXPIRED: [Action.REQUEST_CORRECTION, Action.EXPIRE],
}


def differences():
    return [line for outcome in replay() for line in outcome.differences]


@pytest.mark.parametrize(("state", "actions"), DECIDING.items())
def test_each_decision_keeps_facts_rules_and_lines(state, actions):
    application = make_application(state=state)
    kept = list(Decision.objects.filter(application=application).order_by("id"))
    assert [decision.action for decision in kept] == actions
    for decision in kept:
        assert decision.derivation and decision.inputs["facts"]["applied_on"] == "2026-03-02"
        assert "application.max_years" in {rule["key"] for rule in decision.rules}
    assert differences() == []


def test_no_personal_word_stands_in_the_open():
    make_application(state=State.AGREED, passer=make_passer(name="欧阳无名"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM applicants_decision d")
        assert "欧阳无名" not in str(cursor.fetchall())
    assert "欧阳无名" in str(Decision.objects.get().inputs)


def test_rules_of_then_answer_after_a_rule_has_changed():
    """Certificate of 20 December 2024, five years then; were it replayed with a rule of one year, it would fail."""
    make_application(state=State.AGREED)
    Rule.objects.filter(key="application.max_years").update(value=1, clause_zh="别的条款")
    forget_rules()
    later = make_application()
    with pytest.raises(RequirementsMissing), transaction.atomic():
        agree_application(**arguments(later, reviewer()))
    assert differences() == []


def test_rules_that_are_gone_are_not_missed():
    make_application(state=State.AGREED)
    Rule.objects.all().delete()
    forget_rules()
    assert differences() == []


@pytest.mark.parametrize("days", [0, 1])
def test_replay_knows_the_day_of_the_boundary(days):
    submitted = NOW + timedelta(days=days)
    make_application(
        state=State.REFUSED, passer=make_passer(certificate_on=date(2021, 3, 2)), submitted_at=submitted, now=submitted
    )
    lines = {line["key"]: line["outcome"] for line in Decision.objects.get().derivation}
    assert lines["five_years"] == ("pass" if days == 0 else "fail")
    assert differences() == []


def tampered(change):
    decision = Decision.objects.select_related("data_key").get()
    change(decision)
    with pgtrigger.ignore("applicants.Decision:append_only"):
        decision.save()
    return differences()


def set_outcome(decision):
    decision.derivation = [line | {"outcome": "pass"} for line in decision.derivation]


def set_certificate(decision):
    facts = decision.inputs["facts"]
    decision.inputs = decision.inputs | {"facts": facts | {"roll": facts["roll"] | {"certificate_on": "2010-01-01"}}}


def drop_line(decision):
    decision.derivation = decision.derivation[1:]


def set_rule(decision):
    decision.rules = [
        rule | ({"value": 1} if rule["key"] == "application.max_years" else {}) for rule in decision.rules
    ]


def drop_rule(decision):
    decision.rules = [rule for rule in decision.rules if rule["key"] != "application.max_years"]


def forget_lines_looked_at(decision):
    decision.inputs = decision.inputs | {"act": {"confirmed": []}}


def swap_key(decision):
    Decision.objects.filter(pk=decision.pk).update(data_key=create_data_key())


@pytest.mark.parametrize(
    "change", [set_outcome, set_certificate, drop_line, set_rule, drop_rule, forget_lines_looked_at]
)
def test_tampering_is_reported(change, capsys):
    make_application(state=State.AGREED, name="王晓明")
    assert differences() == []
    assert tampered(change)
    with pytest.raises(SystemExit) as end:
        call_command("replay_decisions")
    assert end.value.code == 1
    report = capsys.readouterr()
    assert "1 differ" in report.out and "agree" in report.err


def test_altered_ciphertext_is_reported():
    make_application(state=State.AGREED)
    with pgtrigger.ignore("applicants.Decision:append_only"):
        swap_key(Decision.objects.get())
    assert "altered" in differences()[0]


def test_database_refuses_to_alter_a_decision():
    make_application(state=State.AGREED)
    for change in (lambda rows: rows.update(action=Action.REFUSE), lambda rows: rows.delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change(Decision.objects.all())


def test_decision_that_is_refused_keeps_nothing():
    application = make_application(state=State.SUBMITTED, name="王晓明")
    with pytest.raises(RequirementsMissing), transaction.atomic():
        agree_application(**arguments(application, reviewer()))
    assert Decision.objects.count() == 0


def test_command_prints_how_many_in_a_bounded_number_of_queries(capsys, django_assert_max_num_queries):
    for _number in range(3):
        make_application(state=State.AGREED)
    with django_assert_max_num_queries(3):
        call_command("replay_decisions")
    assert capsys.readouterr().out.startswith("3 decisions replayed in ")


def test_reworded_sentence_is_no_difference_unless_asked(capsys):
    make_application(state=State.AGREED)
    decision = Decision.objects.get()
    decision.derivation = [line | {"sentence": "别的话"} for line in decision.derivation]
    with pgtrigger.ignore("applicants.Decision:append_only"):
        decision.save()
    call_command("replay_decisions")
    assert "1 only in words" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("replay_decisions", "--words")
