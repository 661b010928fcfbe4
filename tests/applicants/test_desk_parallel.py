"""Many officers at one list: each gets another case, each case one outcome, and everybody hears what it was."""

import pytest

from apps.applicants.enums import Action, Handling, State
from apps.applicants.models import Application, OfficerChange, Step
from apps.applicants.selectors.desk_view import DeskView
from apps.applicants.services.bulk import agree_items
from apps.applicants.services.claims import claim_application, take_over_application
from apps.applicants.services.next_case import claim_next
from apps.applicants.services.review import agree_application, refuse_application
from apps.applicants.services.take_back import take_back_agreement
from apps.core.errors import PortalError
from tests.factories.applicants import NOW, arguments, first_reason, make_application, reviewer
from tests.support.parallel import quiet_worker, together  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_worker")]


def test_twenty_officers_empty_one_list_and_no_case_is_handed_out_twice():
    cases = {make_application().pk for _case in range(45)}
    officers = [reviewer() for _officer in range(20)]

    def work(officer):
        """Ask for the next one and agree, until nothing is left."""
        mine = []
        while (case := claim_next(actor=officer, view=DeskView(), now=NOW)) is not None:
            agree_application(**arguments(case, officer))
            mine.append(case.pk)
        return mine

    results = together([lambda officer=officer: work(officer) for officer in officers])
    assert not [result for result in results if isinstance(result, Exception)]
    handled = [pk for result in results for pk in result]
    assert len(handled) == len(set(handled)) == 45 and set(handled) == cases
    assert set(Application.objects.values_list("state", flat=True)) == {State.AGREED}
    assert OfficerChange.objects.filter(kind=Handling.CLAIMED).count() == 45


def test_twenty_who_press_next_at_once_get_twenty_different_cases():
    for _case in range(20):
        make_application()
    officers = [reviewer() for _officer in range(20)]
    got = together(
        [lambda officer=officer: claim_next(actor=officer, view=DeskView(), now=NOW) for officer in officers]
    )
    assert len({case.pk for case in got}) == 20


def test_one_case_claimed_by_twenty_is_one_officers():
    case, officers = make_application(), [reviewer() for _officer in range(20)]
    results = together(
        [
            lambda officer=officer: claim_application(actor=officer, application_id=case.pk, now=NOW)
            for officer in officers
        ]
    )
    refused = [str(result) for result in results if isinstance(result, PortalError)]
    assert len(refused) == 19 and all("此件由" in sentence for sentence in refused)
    assert OfficerChange.objects.count() == 1


def test_a_take_over_and_the_decision_of_the_one_who_had_it_are_one_after_the_other():
    case, holder, colleague = make_application(), reviewer(), reviewer()
    claim_application(actor=holder, application_id=case.pk, now=NOW)
    decided, taken = together(
        [
            lambda: agree_application(**arguments(case, holder)),
            lambda: take_over_application(
                actor=colleague, application_id=case.pk, seen_officer_id=holder.user_id, now=NOW
            ),
        ]
    )
    assert isinstance(decided, PortalError) != isinstance(taken, PortalError)


def test_fifty_decisions_on_one_case_leave_one_outcome_told_in_words():
    case = make_application()
    officers = [reviewer() for _officer in range(5)]
    acts = []
    for number in range(50):
        officer = officers[number % 5]
        if number % 2:
            acts.append(lambda officer=officer: agree_application(**arguments(case, officer)))
        else:
            acts.append(
                lambda officer=officer: refuse_application(
                    **arguments(case, officer), reason_code=first_reason("refusal")
                )
            )
    results = together(acts)
    refused = [result for result in results if isinstance(result, PortalError)]
    assert len(refused) == 49 and {error.code for error in refused} == {"already_decided"}
    assert Step.objects.filter(application=case).exclude(action=Action.SUBMIT).count() == 1


def test_bulk_agreements_of_the_same_cases_by_many_agree_once_each():
    cases = [make_application() for _case in range(6)]
    officers = [reviewer() for _officer in range(5)]
    items = [(case.pk, case.version) for case in cases]
    results = together(
        [
            lambda officer=officer, turn=turn: agree_items(actor=officer, items=items[turn:] + items[:turn], now=NOW)
            for turn, officer in enumerate(officers)
        ]
    )
    assert sum(line.succeeded for result in results for line in result) == 6
    assert Step.objects.filter(action=Action.AGREE).count() == 6


def test_taking_back_twice_at_once_is_done_once():
    case, officer = make_application(), reviewer()
    agree_application(**arguments(case, officer))
    case.refresh_from_db()
    results = together([lambda: take_back_agreement(**arguments(case, officer))] * 4)
    assert sum(isinstance(result, PortalError) for result in results) == 3
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
