"""Limits in the words of a page, so that no page goes on saying what the rule no longer does."""

from django import template

from apps.core import clock
from apps.rules import selectors

register = template.Library()


@register.simple_tag
def rule_words(key: str, association_code: str | None = None) -> str:
    """The value in force today, in words: {% rule_words "application.local_days" code as limit %}."""
    return selectors.rule_words(key, on=clock.today(), association_code=association_code or None)
