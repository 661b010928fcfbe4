import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Record
from apps.firms.models import Firm
from apps.firms.selectors import FirmCodeRefused, get_firm, normalise_firm_name
from tests.factories.firms import make_firm

pytestmark = pytest.mark.django_db


def test_firm_is_registered_once_and_a_repeated_call_changes_nothing():
    assert make_firm() == make_firm(" ３３０００ ０１２ ")
    assert Firm.objects.count() == Record.objects.filter(action__startswith="firm.").count() == 1


def test_new_name_or_association_is_taken_over_and_recorded():
    make_firm()
    make_firm(name="杭州新名会计师事务所", association_code="310000")
    firm = get_firm("33000012")
    assert (firm.name, firm.association_id) == ("杭州新名会计师事务所", "310000")
    assert Record.objects.get(action="firm.changed").before["association_id"] == "330000"


@pytest.mark.parametrize("code", ["", "3300001", "330000123", "33000012ab", "33000012.0"])
def test_code_of_another_shape_is_refused_with_an_example(code):
    with pytest.raises(FirmCodeRefused, match="33000012"):
        make_firm(code)


@pytest.mark.parametrize("typed", ["诚信会计师事务所(特殊普通合伙)", "诚信 会计师事务所（特殊普通合伙） "])
def test_name_is_kept_with_full_width_brackets(typed):
    assert normalise_firm_name(typed) == "诚信会计师事务所（特殊普通合伙）"


def test_registering_fails_with_its_record(monkeypatch):
    monkeypatch.setattr("apps.firms.services.register.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_firm()
    assert not Firm.objects.exists()


@pytest.mark.parametrize("change", [{"code": "1234567"}, {"name": ""}])
def test_database_refuses_what_can_never_be(change):
    make_firm()
    with pytest.raises(IntegrityError), transaction.atomic():
        Firm.objects.update(**change)
