"""{% drawn_once %}: what is the same for everybody is drawn once a process, not once a page."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()
MOST = 32
"""Drawings of one block that are kept."""


@register.tag
def drawn_once(parser, token):
    """{% drawn_once WHAT … %}…{% enddrawn_once %}, drawn anew for each language and each value of WHAT.

    Nothing inside may depend on anything else: no request, reader, token, message, or bound form (a test looks).
    """
    _name, *bits = token.split_contents()
    nodes = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(nodes, [parser.compile_filter(bit) for bit in bits])


class DrawnOnce(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, nodes, values):
        self.nodes, self.values, self.drawings = nodes, values, {}

    def render(self, context):
        published = settings.STORAGES["staticfiles"]["BACKEND"], settings.STATIC_ROOT
        key = (get_language(), published, *(value.resolve(context) for value in self.values))
        drawing = self.drawings.get(key)
        if drawing is None:
            if len(self.drawings) >= MOST:
                self.drawings.clear()
            drawing = self.drawings[key] = self.nodes.render(context)
        return drawing
