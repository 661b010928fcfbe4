"""Filters that make ids easy to read aloud and to compare."""

from django import template
from django.utils.html import format_html_join

register = template.Library()


@register.filter
def in_fours(identifier):
    """An id in groups of four: set apart by space on the screen, copied without it.

    `{{ certificate.code|in_fours }}`
    """
    text = str(identifier)
    groups = (text[start : start + 4] for start in range(0, len(text), 4))
    return format_html_join("", '<span class="id-group">{}</span>', ((group,) for group in groups))
