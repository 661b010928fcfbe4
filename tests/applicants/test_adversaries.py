"""Forged, borrowed, edited, reused, expired by a day, barred by a day: none of it passes by exception."""

from datetime import date

import pytest

from tests.factories.applicants import (
    make_passer,
)
from tests.factories.candidates import DECLARATIONS
from tests.factories.people import resident_id
from tests.factories.routes import confirmed, lines_of, submitted
from tests.support.replaying import every_decision_can_be_derived_again  # noqa: F401

pytestmark = pytest.mark.django_db


class TestAdversaries:
    """None of these may pass by exception."""

    def green(self, case) -> bool:
        """By the checklist and by the column that lists filter by."""
        green = all(line.is_green for line in lines_of(case).values())
        assert not case.checks_green or green, "the column never promises more than the checklist"
        return green

    def test_the_honest_one_is_green(self):
        assert self.green(submitted(passer=make_passer(identity_number=resident_id(date(1990, 5, 3), sequence=121))))

    @pytest.mark.parametrize(
        "changes",
        [
            {"certificate_number": "QZ243399999"},
            {"certificate_number": "QZ990000001", "name": "李四"},
            {"name": "章小亮"},
            {"name": "王 小 朋"},
            {"identity_number": resident_id(date(1971, 7, 7))},
            {"identity_type": "passport", "identity_number": "E7654321", "identity_country": "SGP"},
            {"certificate_on": "2024-12-21"},
            {"birth_on": "1991-01-01"},
            {"sex": "female"},
            {"declarations": DECLARATIONS | {"penalty": True, "penalty_on": "2024-03-03", "note": "x"}},
            {"declarations": DECLARATIONS | {"penalty": True, "penalty_on": "2024-03-02", "note": "x"}},
            {"declarations": DECLARATIONS | {"capacity": False, "note": "x"}},
        ],
    )
    def test_whatever_is_edited_is_not(self, changes):
        identity = resident_id(date(1990, 5, 3), sequence=121)
        passer = make_passer(identity_number=identity, certificate_number="QZ243300991")
        assert not self.green(submitted(passer=passer, **{"birth_on": "1990-05-03"} | changes))

    def test_expired_by_a_day_with_the_date_edited(self):
        passer = make_passer(certificate_on=date(2021, 3, 1))
        assert not self.green(submitted(passer=passer, certificate_on="2021-03-02"))

    def test_a_certificate_used_by_somebody_else_before(self):
        passer = make_passer(identity_number=resident_id(date(1990, 5, 3), sequence=121))
        thief = submitted(passer=passer, identity_number=resident_id(date(1971, 7, 7)), name="欧阳海")
        owner = submitted(passer=passer)
        assert not self.green(thief) and not self.green(owner)
        assert thief.reference in lines_of(owner)["certificate_used"].sentence

    def test_the_same_person_again_after_admission(self):
        passer = make_passer(identity_number=resident_id(date(1990, 5, 3), sequence=121))
        confirmed(submitted(passer=passer))
        assert not self.green(submitted(passer=passer))
