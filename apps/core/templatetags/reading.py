"""Filters that make ids easy to read aloud and to compare, and phone numbers to call."""

import re

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


@register.filter
def phone_numbers(phones):
    """The numbers of "010-88250337, 010-88250338" one by one, each a link of its own.

    `{% for number in contact.phone|phone_numbers %}<a href="tel:{{ number }}">{{ number }}</a>{% endfor %}`
    """
    return [number for number in re.split(r"[,，、;；]\s*", str(phones)) if number]
