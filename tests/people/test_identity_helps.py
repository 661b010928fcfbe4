"""What the identity field tells people to type is what it takes."""

import re
from datetime import date

import pytest

from apps.people.enums import IdentityType
from apps.people.selectors import NUMBER_HELPS, read_identity_number

LETTERS = re.compile(r"[A-Z]")


def test_every_type_has_its_help():
    assert [help.choice for help in NUMBER_HELPS] == [type.value for type in IdentityType]


@pytest.mark.parametrize("help", NUMBER_HELPS, ids=lambda help: help.choice)
def test_example_is_accepted_and_can_be_typed_on_its_keyboard(help):
    if help.choice == IdentityType.OTHER:
        return
    example = re.search(r"例如 (\w+)", str(help.sentence)).group(1)
    assert read_identity_number(help.choice, example, today=date(2026, 11, 25)).number == example
    if LETTERS.search(example):
        assert help.inputmode == "text"
        assert help.capitals
