"""What an association asks for beside what everybody answers: by rule, at the form and at the submission."""

from datetime import date

import pytest

from apps.applicants.forms.contact import ContactForm
from apps.applicants.models import Application
from apps.applicants.selectors.requirements import missing_requirements
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.applicants import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
KEY = "application.required_fields"


@pytest.fixture
def _zhejiang_asks_for_the_employer():
    Rule.objects.create(key=KEY, value=["employer"], association_id="330000", in_force_from=date(2026, 1, 1))
    forget_rules()


def missing(code):
    draft = Application(answers={"association": code, "phone": "+8613800138000", "identity_type": "resident_id"})
    return [str(line) for line in missing_requirements(draft, today=TODAY) if "要求填写" in str(line)]


def errors(code):
    saved = {"association": code, "identity_type": "resident_id"}
    form = ContactForm({"phone": "13800138000", "employer": ""}, saved=saved, today=TODAY)
    return form.errors.get("employer", [])


@pytest.mark.usefixtures("_zhejiang_asks_for_the_employer")
def test_employer_is_asked_for_where_the_association_says_so():
    assert missing("330000") == ["所属协会要求填写“工作单位”。"]
    assert "请填写工作单位" in errors("330000")[0]


@pytest.mark.usefixtures("_zhejiang_asks_for_the_employer")
def test_others_are_not_asked():
    assert missing("310000") == [] and not errors("310000")


def test_nobody_is_asked_as_shipped():
    assert missing("330000") == [] and not errors("330000")
