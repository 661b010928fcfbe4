"""One page of several that together are an application."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from apps.core.date_boxes import DateBoxesField
from apps.core.errors import PortalError


class PageForm(forms.Form):
    """One page. `saved` are the answers so far; `only` narrows the page to what a correction asks for.

    `answers()` gives the page's part of all answers, ready to be kept as JSON.
    """

    page: str
    """Its key among the pages of the application."""
    use_required_attribute = False

    def __init__(self, data=None, files=None, *, saved: dict | None = None, today: date, only=None, **kwargs):
        self.saved = saved or {}
        self.today = today
        super().__init__(data, files, initial=self.initial_from(self.saved), **kwargs)
        self.narrow(set(self.fields) if only is None else set(only))
        for field in self.fields.values():
            if isinstance(field, DateBoxesField):
                field.latest = today

    def initial_from(self, saved: dict) -> dict:
        return {name: saved.get(name) for name in self.base_fields}

    def narrow(self, only: set[str]) -> None:
        for name in set(self.fields) - only:
            del self.fields[name]

    def value(self, name: str):
        """What is typed on this page, or else what was saved before."""
        return self.cleaned_data.get(name) if name in self.fields else self.saved.get(name)

    def refuse(self, name: str, error: PortalError | str) -> None:
        self.add_error(name if name in self.fields else None, ValidationError(str(error)))

    def answers(self) -> dict:
        return as_json({name: value for name, value in self.cleaned_data.items() if name in self.fields})


def as_json(answers: dict) -> dict:
    """Dates as ISO texts: answers are kept as JSON."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()}
