"""The published vectors: the portal makes exactly these tokens, the verifier says exactly these words."""

import base64
import json
from datetime import datetime

import pytest

from tests.support import token_vectors
from tests.support.verifier import verifier

PUBLISHED = json.loads(token_vectors.PATH.read_text())
CASES = PUBLISHED["cases"]


def test_portal_still_makes_what_was_published():
    """A difference is a new format, which printed certificates do not have."""
    assert token_vectors.vectors() == PUBLISHED


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verifier_says_what_was_published(case):
    keys = verifier.read_keys(json.dumps(PUBLISHED["keys"][case["keys"]]))
    lists = [verifier.read_status_list(base64.b64decode(PUBLISHED["lists"][name])) for name in case["lists"]]
    verdict = verifier.check(
        case["qr"], keys, verifier.trusted_lists(lists, keys), now=datetime.fromisoformat(case["at"])
    )
    cause = "" if verdict.word == "unreadable" else verdict.cause
    assert (verdict.word, cause) == (case["verdict"], case["cause"])


def test_vectors_show_every_word_and_both_directions():
    words = [case["verdict"] for case in CASES]
    assert set(words) == set(verifier.EXIT_CODES)
    assert len(CASES) > 50
    assert len({case["name"] for case in CASES}) == len(CASES)
