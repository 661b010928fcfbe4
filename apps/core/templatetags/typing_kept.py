"""{% typist %} in a form: who types it, so that nothing is lost where the session ends meanwhile."""

from django import template
from django.utils.html import format_html

from apps.core.kept_typing import FIELD, typist_mark

register = template.Library()


@register.simple_tag(takes_context=True)
def typist(context) -> str:
    mark = typist_mark(context["request"].actor.user_id)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark)
