"""The demo's people: made once, by the ordinary services, different at each installation."""

import json
import random
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.enums import Role
from apps.accounts.selectors import user_by_email
from apps.accounts.services import has_second_factor
from apps.applicants.models import RollEntry
from apps.associations.selectors import seats_on
from apps.core import clock
from apps.dashboard.management.demo.rolls import passers, practising_members
from apps.people.enums import IdentityType
from apps.people.selectors import read_identity_number, read_name

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("seed", range(3))
def test_every_invented_name_and_number_can_be_read(seed):
    types = {label: code for code, label in IdentityType.choices}
    chance = random.Random(seed)
    people = [row[1:4] for row in passers(TODAY, chance)]
    people += [[row[0], row[2], row[3]] for row in practising_members(TODAY, chance)]

    for name, kind, number in people:
        read_name(name)
        assert not read_identity_number(types[kind], number, today=TODAY).warnings
    assert len({number for _, _, number in people}) == len(people)


@pytest.fixture
def demo(settings, tmp_path, db):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    settings.SEALS_DIR = tmp_path / "seals"
    call_command("load_demo", stdout=StringIO())
    return tmp_path / "demo-accounts.json"


def test_load_demo_changes_nothing_when_repeated(demo):
    first = demo.read_bytes()

    call_command("load_demo", stdout=StringIO())

    assert demo.read_bytes() == first


def test_load_demo_makes_an_officer_of_every_role_who_can_sign_in(demo):
    accounts = json.loads(demo.read_text())["accounts"]

    assert {account["role"] for account in accounts} == set(Role.values)
    for account in accounts:
        user = user_by_email(account["email"])
        assert user.check_password(account["password"])
        assert has_second_factor(user)
        assert seats_on(user.pk, clock.today())


def test_load_demo_tells_secrets_to_the_owner_of_the_file_only(demo):
    assert demo.stat().st_mode & 0o077 == 0


def test_load_demo_is_refused_outside_a_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="PORTAL_MODE=demo"):
        call_command("load_demo")


def test_load_demo_adds_a_post_that_came_later_and_leaves_the_rest(demo):
    accounts = json.loads(demo.read_text(encoding="utf-8"))
    kept, gone = accounts["accounts"][:-1], accounts["accounts"][-1]
    demo.write_text(json.dumps(accounts | {"accounts": kept}), encoding="utf-8")
    entries = RollEntry.objects.count()
    call_command("load_demo", stdout=StringIO())
    now = json.loads(demo.read_text(encoding="utf-8"))
    assert now["accounts"][:-1] == kept
    assert now["accounts"][-1]["email"] == gone["email"]
    assert now["passers"] == accounts["passers"]
    assert RollEntry.objects.count() == entries
