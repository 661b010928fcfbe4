"""No page is forgotten by the tests that look at all of them."""

from tests.architecture.test_addresses import ALL
from tests.support.every_page import EVERY_PAGE, NOT_A_PAGE

NAMES = {name or address for address, name, _entry in ALL}
LISTED = {page.name for page in EVERY_PAGE}


def test_every_address_is_a_page_in_the_list_or_says_why_not():
    missing = NAMES - LISTED - set(NOT_A_PAGE)
    assert missing == set(), "give each of these a line in tests/support/every_page.py"


def test_list_names_only_what_exists():
    assert (LISTED | set(NOT_A_PAGE)) - NAMES == set()


def test_nothing_is_both():
    assert LISTED & set(NOT_A_PAGE) == set()
