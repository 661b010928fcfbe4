"""A page says the limit of today, with its unit, in its own language."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from apps.core import clock
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules

pytestmark = pytest.mark.django_db

PAGE = Template('{% load rules %}{% rule_words "application.local_days" code as limit %}{{ limit }}')


def said(code=None):
    return PAGE.render(Context({"code": code}))


def test_words_follow_rule_association_and_language():
    assert said() == "20 个工作日"
    Rule.objects.create(key="application.local_days", value=1, association_id="330000", in_force_from=date(2020, 1, 1))
    Rule.objects.filter(key="application.local_days", association=None).update(in_force_to=clock.today())
    forget_rules()
    with translation.override("en"):
        assert said() == "20 working days"
        assert said("330000") == "1 working day"
