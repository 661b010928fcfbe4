"""Limits in the words of a page, so that no page goes on saying what the rule no longer does."""

from django import template

from apps.core import clock
from apps.rules.registry import rule_kind
from apps.rules.selectors import rule_value

register = template.Library()


@register.simple_tag
def rule_words(key: str, association_code: str | None = None) -> str:
    """The value in force today, with its unit in the active language: 20 个工作日, 20 working days."""
    return rule_kind(key).value.words(rule_value(key, on=clock.today(), association_code=association_code or None))
