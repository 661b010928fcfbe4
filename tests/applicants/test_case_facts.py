"""The checklist follows from plain facts: kept as JSON and read again, they give the same lines, without a query."""

import json
from datetime import date

import pytest

from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.case_facts import facts_from_json, facts_to_json
from apps.applicants.selectors.checklist import checklist, derive
from apps.applicants.selectors.gathering import gather_case_facts
from tests.factories.applicants import make_application, make_passer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize("answers", [{}, {"name": "王晓明"}, {"certificate_number": "QZ999900001"}])
def test_kept_facts_give_the_same_lines_and_ask_no_database(answers, django_assert_num_queries):
    application = make_application(passer=make_passer(), **answers)
    lines = checklist(application, roll_finding(application), today=TODAY)
    facts = gather_case_facts(application, roll_finding(application), today=TODAY)
    kept = json.loads(json.dumps(facts_to_json(facts)))
    with django_assert_num_queries(0):
        assert derive(facts_from_json(kept)) == lines
    assert facts_from_json(kept) == facts
