"""A text field whose help depends on what was chosen in another field of the same form.

The server says what fits the choice that it knows; all helps stand under a disclosure beneath the field, and
static/js/identity.js changes help and keyboard as soon as another choice is made. It also shows and hides fields whose
widget says by which choices they are asked: `attrs={"data-asked-with": "passport other"}`.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.half_width import HalfWidthField

CHOOSE_FIRST = _("先选择上一项，这里会说明怎么填。")


@dataclass(frozen=True)
class ChoiceHelp:
    choice: str
    label: str
    sentence: str
    """What to type, its format, an example."""
    inputmode: str = "text"
    """The keyboard of a phone: `numeric` only where nothing but digits is ever right."""
    capitals: bool = False


class HelpByChoice(forms.TextInput):
    template_name = "components/help_by_choice.html"

    def __init__(self, *, chosen_by: str, helps: tuple[ChoiceHelp, ...], unknown=None, attrs=None):
        super().__init__(attrs)
        self.chosen_by, self.helps, self.chosen = chosen_by, helps, None
        self.unknown = unknown or CHOOSE_FIRST

    def choose(self, choice: str):
        """Fit the field to a choice; returns the sentence for its hint."""
        self.chosen = next((help for help in self.helps if help.choice == choice), None)
        return self.chosen.sentence if self.chosen else self.unknown

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.chosen:
            keyboard = {"inputmode": self.chosen.inputmode, "autocapitalize": _capitals(self.chosen)}
            context["widget"]["attrs"] |= keyboard
        return context | {"chosen_by": self.chosen_by, "helps": self.helps, "unknown": self.unknown}


def _capitals(help: ChoiceHelp) -> str:
    return "characters" if help.capitals else "none"


class FieldWithHelps(HalfWidthField):
    """`chosen_by`: the name of the other field. Its own `help_text` is what it says while nothing is chosen."""

    def __init__(self, *, chosen_by: str, helps: tuple[ChoiceHelp, ...], **kwargs):
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        widget = HelpByChoice(chosen_by=chosen_by, helps=helps, unknown=kwargs.get("help_text"), attrs=attrs)
        super().__init__(widget=widget, **kwargs)

    def get_bound_field(self, form, field_name):
        self.help_text = self.widget.choose(_choice(form, self.widget.chosen_by))
        return super().get_bound_field(form, field_name)


def _choice(form, name: str) -> str:
    return (form[name].value() if name in form.fields else form.initial.get(name)) or ""
