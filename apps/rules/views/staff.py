"""The rules as they stand and stood, and the calendars of the years."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError
from apps.rules.enums import DayKind, Subject
from apps.rules.forms import CalendarForm
from apps.rules.models import CalendarYear
from apps.rules.registry import RULES
from apps.rules.selectors import calendar_alarm, calendar_years
from apps.rules.selectors.history import history_of, listed_rules, rule_words
from apps.rules.selectors.rule_cases import write_cases
from apps.rules.services import load_calendar_year


class RulesView(TemplateView):
    """Every rule by subject, with what holds today."""

    access = Staff(Permission.MANAGE_RULES)
    template_name = "rules/rules.html"

    def get_context_data(self, **kwargs):
        today = clock.today()
        subjects = [{"label": subject.label, "rules": listed_rules(subject, today)} for subject in Subject]
        return super().get_context_data(subjects=subjects, alarm=calendar_alarm(today), **kwargs)


class RuleView(TemplateView):
    """One rule: its dated rows, for all and for associations, with clause and test cases."""

    access = Staff(Permission.MANAGE_RULES)
    template_name = "rules/rule.html"

    def get_context_data(self, **kwargs):
        if kwargs["key"] not in RULES:
            raise Http404
        today = clock.today()
        rows = [
            {
                "row": row,
                "words": rule_words(row),
                "cases": write_cases(row.test_cases).splitlines(),
                "holds": row.superseded_at is None and _holds(row, today),
                "coming": row.superseded_at is None and row.in_force_from > today,
            }
            for row in history_of(kwargs["key"])
        ]
        return super().get_context_data(kind=RULES[kwargs["key"]], rows=rows, today=today, **kwargs)


class CalendarsView(TemplateView):
    """Which years are announced; an alarm where one is overdue."""

    access = Staff(Permission.MANAGE_RULES)
    template_name = "rules/calendars.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(years=calendar_years(), alarm=calendar_alarm(clock.today()), **kwargs)


class CalendarView(FormView):
    """The State Council's notice for a year: written anew, or what stands there mended."""

    access = Staff(Permission.MANAGE_RULES)
    template_name = "rules/calendar.html"
    form_class = CalendarForm

    def get_initial(self):
        year = CalendarYear.objects.filter(year=self.kwargs["year"]).first()
        if year is None:
            return {}
        days = list(year.days.order_by("day").values_list("day", "kind"))
        return {
            "notice": year.notice,
            "holidays": _lines(days, DayKind.HOLIDAY),
            "make_up_days": _lines(days, DayKind.MAKE_UP),
        }

    def get_form_kwargs(self):
        if not 2015 <= self.kwargs["year"] <= clock.today().year + 2:
            raise Http404
        return super().get_form_kwargs() | {"year": self.kwargs["year"]}

    def get_context_data(self, **kwargs):
        return super().get_context_data(year=self.kwargs["year"], **kwargs)

    def form_valid(self, form):
        try:
            load_calendar_year(actor=self.request.actor, year=self.kwargs["year"], now=clock.now(), **form.cleaned_data)
        except PortalError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("日历已保存，有关的期限正在重新计算。"))
        return redirect("rules:calendars")


def _holds(row, day: date) -> bool:
    return row.in_force_from <= day and (row.in_force_to is None or day <= row.in_force_to)


def _lines(days: list[tuple], kind: str) -> str:
    return "\n".join(day.isoformat() for day, its_kind in days if its_kind == kind)
