"""What the agent's pages have in common."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from apps.core.date_boxes import DateBoxesField
from apps.core.errors import PortalError
from apps.registrations.enums import Page


class PageForm(forms.Form):
    """One page. `saved` are the answers so far; `answers()` gives the page's part, ready to be kept as JSON."""

    page: Page
    use_required_attribute = False

    def __init__(self, data=None, files=None, *, saved: dict | None = None, today: date, **kwargs):
        self.saved, self.today = saved or {}, today
        super().__init__(data, files, initial=self.initial_from(self.saved), **kwargs)
        for field in self.fields.values():
            if isinstance(field, DateBoxesField):
                field.latest = today

    def initial_from(self, saved: dict) -> dict:
        return {name: saved.get(name) for name in self.base_fields}

    def refuse(self, name: str, error: PortalError | str) -> None:
        self.add_error(name, ValidationError(str(error)))

    def answers(self) -> dict:
        return as_json(self.cleaned_data)


def as_json(answers: dict) -> dict:
    """Dates as ISO texts: answers are kept as JSON."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()}
