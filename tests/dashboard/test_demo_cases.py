"""The demo's cases: one in every state, each through the ordinary services, made once."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.selectors import user_by_email
from apps.applicants.enums import RollMatch, State
from apps.applicants.models import Application
from apps.applicants.selectors.progress import application_by_reference
from apps.core import clock
from apps.dashboard.management.demo.letters import ASKING
from apps.dashboard.management.demo.registrations import REGISTERING
from apps.dashboard.management.demo.stories import STORIES
from apps.letters.models import Letter
from apps.registrations.selectors import registration_by_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    settings.SEALS_DIR = tmp_path / "seals"
    call_command("load_demo", stdout=StringIO())
    call_command("demo_cases", stdout=StringIO())
    return tmp_path / "demo-accounts.json"


def listed(demo) -> dict:
    return {case["key"]: case for case in json.loads(demo.read_text(encoding="utf-8"))["cases"]}


def test_demo_has_a_case_in_every_state_and_making_them_again_changes_nothing(demo):
    states = Counter(Application.objects.values_list("state", flat=True))
    assert set(State.values) == set(states)
    before = demo.read_bytes()
    call_command("demo_cases", stdout=StringIO())
    assert Counter(Application.objects.values_list("state", flat=True)) == states
    assert demo.read_bytes() == before


@pytest.mark.slow
def test_listed_case_belongs_to_the_listed_candidate_and_is_where_its_key_says(demo):
    cases = listed(demo)
    assert set(cases) == {story.key for story in (*STORIES, *REGISTERING, *ASKING)}
    for key in ("withdrawn", "refused", "sent", "returned", "confirmed", "agreed", "expired"):
        application = application_by_reference(cases[key]["reference"])
        assert (application.state, application.user_id) == (key, user_by_email(cases[key]["email"]).pk)
    assert cases["draft_full"]["reference"] is None
    overdue = application_by_reference(cases["submitted_overdue"]["reference"])
    assert overdue.decide_by < clock.today()


@pytest.mark.slow
def test_practising_registrations_stand_where_their_keys_say(demo):
    cases = listed(demo)
    states = {
        key: str(registration_by_reference(cases[key]["reference"]).state) for key in cases if "practising" in key
    }
    assert states == {
        "practising_draft": "draft",
        "practising_to_confirm": "awaiting_candidate",
        "practising_to_commit": "awaiting_firm",
        "practising_filed": "filed",
        "practising_gaps": "gaps",
        "practising_accepted": "accepted",
    }


def test_letters_stand_where_their_keys_say(demo):
    states = {
        key: Letter.objects.get(reference=case["reference"]).state
        for key, case in listed(demo).items()
        if "letter" in key
    }
    assert states == {
        "letter_requested": "requested",
        "letter_status": "requested",
        "letter_proposed": "proposed",
        "letter_issued": "approved",
        "letter_refused": "refused",
        "letter_withdrawn": "withdrawn",
    }


@pytest.mark.slow
def test_roll_says_exact_near_and_none_of_them(demo):
    cases = listed(demo)
    said = {key: application_by_reference(cases[key]["reference"]).roll_match for key in cases if "submitted" in key}
    assert said["submitted"] == RollMatch.EXACT
    assert said["submitted_near"] == RollMatch.NEAR
    assert said["submitted_unknown"] == RollMatch.NONE


def test_demo_cases_is_refused_outside_a_demo_and_without_officers(settings, tmp_path):
    with pytest.raises(CommandError, match="PORTAL_MODE=demo"):
        call_command("demo_cases")
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    with pytest.raises(CommandError, match="load_demo first"):
        call_command("demo_cases")
