"""Who is found on the watch list, how sure, and why; and who is not."""

from datetime import date

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.selectors.replay import replay
from apps.applicants.services.review import agree_application, refuse_application
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.services import deliver_due
from apps.people.enums import IdentityType
from apps.people.selectors import with_check_digit
from apps.standing.enums import Certainty, FactGround
from apps.standing.models import RecordedFact
from apps.standing.selectors import watch_matches
from apps.standing.services import withdraw_fact
from apps.standing.services.facts import FactEntry, record_facts
from tests.factories.accounts import make_actor
from tests.factories.applicants import NOW, arguments, first_reason, make_application, make_passer, reviewer
from tests.factories.facts import make_fact
from tests.factories.people import resident_id

pytestmark = pytest.mark.django_db

BORN = date(1985, 5, 3)
NUMBER = with_check_digit("33010619850503231")
OTHER = with_check_digit("11010819850503127")


def find(name="章伟", number=NUMBER, kind=IdentityType.RESIDENT_ID, birth_on=BORN):
    return watch_matches(name=name, identity_type=kind, identity_number=number, birth_on=birth_on)


def identity(number=NUMBER, kind=IdentityType.RESIDENT_ID):
    return {"identity_type": kind, "identity_number": number}


def recorded(**changes):
    return make_fact(birth_on=BORN, **identity(), **changes)


def test_same_document_is_exact_whatever_the_name():
    recorded()
    [match] = find(name="李娜")
    assert match.certainty == Certainty.EXACT
    assert match.facts[0].since == date(2023, 6, 10)
    assert any("章伟" in sentence for sentence in match.why)


def test_old_number_of_15_digits_is_the_same_document():
    make_fact(birth_on=BORN, **identity(NUMBER[:6] + NUMBER[8:17]))
    [match] = find()
    assert match.is_exact and "15 位" in match.why[0]


def test_transposed_digits_are_near_and_shown():
    swapped = NUMBER[:14] + NUMBER[15] + NUMBER[14] + NUMBER[16:17]
    make_fact(birth_on=BORN, **identity(with_check_digit(swapped)))
    [match] = find()
    assert match.certainty == Certainty.NEAR
    assert "次序颠倒" in match.why[0]


@pytest.mark.parametrize(
    ("name", "word"),
    [("章伟", "姓名相同"), ("张伟", "读音相同"), ("章偉", "繁体"), ("章华", "只差一个字")],
)
def test_like_name_and_same_birth_date_are_near(name, word):
    make_fact(name=name, birth_on=BORN)
    [match] = find(number=OTHER)
    assert match.certainty == Certainty.NEAR
    assert any(word in sentence for sentence in match.why) and any("1985" in sentence for sentence in match.why)


def test_same_name_with_another_birth_date_is_somebody_else():
    make_fact(birth_on=date(1985, 5, 4))
    assert find() == []


def test_other_name_born_on_the_same_day_is_somebody_else():
    make_fact(name="司马光明", birth_on=BORN)
    assert find() == []


def test_record_that_knows_only_the_name_is_near_and_says_so():
    make_fact()
    [match] = find(name="张伟")
    assert match.certainty == Certainty.NEAR and "只能凭姓名" in match.why[-1]
    assert find(name="李娜") == []


def test_several_facts_about_one_document_stand_together():
    recorded()
    recorded(ground=FactGround.PENALTY, document="财会〔2022〕3号", decided_on=date(2022, 1, 10))
    [match] = find()
    assert {fact.ground for fact in match.facts} == {"revoked", "penalty"}


def test_sentence_not_served_has_no_beginning():
    recorded(ground=FactGround.CRIMINAL, completed_on=None)
    assert find()[0].facts[0].since is None


def test_withdrawn_fact_is_not_found():
    fact = recorded()
    withdraw_fact(actor=make_actor(Role.REGISTRAR), fact_id=fact.pk, why="已被撤销", now=NOW)
    assert find() == []


def test_why_is_said_in_english():
    recorded()
    with translation.override("en"):
        assert find()[0].why[0] == "The number of the identity document is the one recorded."


def test_many_records_cost_no_more_questions_and_open_few():
    entries = [
        FactEntry("revoked", f"王{chr(0x4E00 + n)}", date(2023, 1, 1), f"{n}", "x", birth_on=date(1950 + n % 60, 1, 1))
        for n in range(400)
    ]
    record_facts(actor=make_actor(Role.REGISTRAR), entries=entries, now=NOW)
    recorded()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(find()) == 1
    assert len(queries) == 3


# In a case: an exact match within its years excludes; a person decides, always.


def case(**changes):
    return make_application(passer=make_passer(name="章伟", identity_number=NUMBER, **changes))


def line_of(application):
    lines = checklist(application, roll_finding(application), today=NOW.date())
    return [line for line in lines if line.key.startswith("watch")]


def test_clean_case_has_one_green_line():
    [line] = line_of(case())
    assert line.is_green and line.clause


def test_exact_match_within_its_years_excludes_agreement_and_a_person_refuses():
    recorded()
    application = case()
    [line] = line_of(application)
    assert line.is_blocked and "财会〔2023〕12号" in line.sentence
    with pytest.raises(RequirementsMissing), transaction.atomic():
        agree_application(**arguments(application, reviewer()), confirmed={line.key})
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    refuse_application(**arguments(application, reviewer()), reason_code=first_reason("refusal"))
    assert [outcome.differences for outcome in replay()] == [()]


@pytest.mark.parametrize(("decided_on", "blocked"), [(date(2021, 3, 3), True), (date(2021, 3, 2), False)])
def test_application_date_decides_to_the_day(decided_on, blocked):
    recorded(decided_on=decided_on)
    [line] = line_of(case())
    assert line.is_blocked is blocked and line.needs_person is not blocked


def test_near_match_needs_a_person_who_may_agree():
    make_fact(name="张伟", birth_on=BORN)
    application = case()
    [line] = line_of(application)
    assert line.needs_person
    agree_application(**arguments(application, reviewer()), confirmed={line.key})
    withdraw_fact(actor=make_actor(Role.REGISTRAR), fact_id=RecordedFact.objects.get().pk, why="已被撤销", now=NOW)
    assert [outcome.differences for outcome in replay()] == [()]


def test_number_changed_in_a_later_document_is_found_by_the_former_one():
    recorded()
    application = case()
    answers = application.answers | {"identity_number": resident_id()}
    application.answers = answers
    application.save()
    [line] = line_of(application)
    assert line.is_blocked


def test_clean_case_is_clean_no_more_once_the_fact_is_recorded():
    application = case()
    assert application.checks_green
    fact = recorded(now=NOW)
    deliver_due(clock=lambda: NOW)
    application.refresh_from_db()
    assert not application.checks_green
    withdraw_fact(actor=make_actor(Role.REGISTRAR), fact_id=fact.pk, why="同名不同人", now=NOW)
    deliver_due(clock=lambda: NOW)
    application.refresh_from_db()
    assert application.checks_green


# Recording and withdrawing.


def test_same_fact_twice_is_one():
    assert recorded() is not None
    assert recorded() is None
    assert RecordedFact.objects.count() == 1


@pytest.mark.parametrize("role", [Role.RECHECKER, Role.ADMINISTRATOR, (Role.REVIEWER, "330000")])
def test_others_may_neither_record_nor_withdraw(role):
    fact = recorded()
    with pytest.raises(NotPermitted):
        make_fact(actor=make_actor(role))
    with pytest.raises(NotPermitted):
        withdraw_fact(actor=make_actor(role), fact_id=fact.pk, why="x", now=NOW)


def test_withdrawal_says_why_and_happens_once():
    fact, registrar = recorded(), make_actor(Role.REGISTRAR)
    with pytest.raises(RequirementsMissing):
        withdraw_fact(actor=registrar, fact_id=fact.pk, why=" ", now=NOW)
    withdraw_fact(actor=registrar, fact_id=fact.pk, why="同名不同人", now=NOW)
    with pytest.raises(TransitionRefused):
        withdraw_fact(actor=registrar, fact_id=fact.pk, why="同名不同人", now=NOW)


def test_database_lets_nobody_rewrite_or_delete():
    recorded()
    for change in (lambda rows: rows.update(decided_on=date(2000, 1, 1)), lambda rows: rows.delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change(RecordedFact.objects.all())


def test_no_personal_word_stands_in_the_open():
    recorded()
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM standing_recordedfact f")
        row = str(cursor.fetchall())
    assert "章伟" not in row and NUMBER not in row and "1985" not in row
