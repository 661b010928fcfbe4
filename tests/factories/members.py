"""Invented members for tests."""

import itertools
from datetime import date

from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.members.services import admit_member
from tests.factories.people import make_person

SYSTEM = Actor.system("test")
_cases = itertools.count(1)


def make_member(person=None, kind="non_practising", **changes):
    """A member admitted on 2024-05-06 at Zhejiang, unless said otherwise."""
    values = {
        "actor": SYSTEM,
        "person_id": (person or make_person()).pk,
        "kind": kind,
        "association_code": "330000",
        "effective_on": date(2024, 5, 6),
        "document_number": "会协〔2024〕12号",
        "case": f"TEST-{next(_cases)}",
        "now": present(),
    }
    return admit_member(**values | changes)


def make_cpa(name="王小明", number="330000120001", **changes):
    """A practising member."""
    return make_member(make_person(name), kind="practising", number=number, **changes)
