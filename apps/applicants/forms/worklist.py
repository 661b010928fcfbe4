"""What narrows a list, and what is done with several of its rows. The address says it all, so this form is a GET."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Route, State
from apps.applicants.selectors.desk_view import AGES, CHECKS, DAYS_LEFT, MINE, NOBODY, PILES, DeskView

ROUTES = {
    Route.FRESH_PASSER: _("期限内"),
    Route.EX_PRACTISING: _("曾执业"),
    Route.LATE: _("超过期限"),
}


class FilterForm(forms.Form):
    """Every choice may stay open; the first one says so."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    route = forms.ChoiceField(label=_("途径"), required=False)
    age = forms.ChoiceField(label=_("已收到"), required=False)
    left = forms.ChoiceField(label=_("时限"), required=False)
    checks = forms.ChoiceField(label=_("核对"), required=False)
    officer = forms.ChoiceField(label=_("经办"), required=False)

    def __init__(self, *args, view: DeskView, colleagues, **kwargs):
        super().__init__(*args, initial=view.__dict__, auto_id="filter_%s", **kwargs)
        choices = {
            "state": [(state, State(state).label) for state in PILES[view.pile].states],
            "route": ROUTES.items(),
            "age": [(key, label) for key, (label, *_bounds) in AGES.items()],
            "left": [(key, label) for key, (label, *_bounds) in DAYS_LEFT.items()],
            "checks": CHECKS.items(),
            "officer": [(MINE, _("由我办理")), (NOBODY, _("没有人领取")), *self._names(view, colleagues)],
        }
        for name, values in choices.items():
            self.fields[name].choices = [("", _("不限")), *values]

    def _names(self, view: DeskView, colleagues) -> list[tuple]:
        names = [(str(colleague.user_id), colleague.name) for colleague in colleagues]
        known = {value for value, _name in names} | {"", MINE, NOBODY}
        return names if view.officer in known else [*names, (view.officer, _("另一位同事"))]

    def chosen(self) -> list[tuple[str, str, str]]:
        """(key, what it is, which) of each condition that narrows the list now."""
        return [
            (name, str(field.label), str(dict(field.choices)[self.initial[name]]))
            for name, field in self.fields.items()
            if self.initial.get(name)
        ]


def read_items(values) -> list[tuple[str, int]]:
    """(reference, version) of each box that was ticked; what is no such thing is left out, and nothing comes twice."""
    items = {}
    for value in values:
        reference, _colon, version = value.partition(":")
        if reference and version.isdecimal() and len(version) < 10:
            items.setdefault(reference, int(version))
    return list(items.items())
