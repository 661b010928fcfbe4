"""The pages that everybody may read: home, display, privacy, accessibility."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from apps.content.selectors import latest_announcements
from apps.core import clock
from apps.core.access import PUBLIC
from apps.dashboard.enums import Scheme, TextSize
from apps.dashboard.forms import DisplayForm
from apps.dashboard.selectors import SCHEME_COOKIE, TEXT_COOKIE, display_preferences
from apps.dashboard.selectors.figures import FEWEST, charts_of, figures_for_home, service_figures
from apps.rules.selectors import rule_value

ONE_YEAR = 365 * 24 * 3600


class HomeView(TemplateView):
    access = PUBLIC
    template_name = "dashboard/home.html"

    def get_context_data(self, **kwargs):
        figures = figures_for_home(service_figures(now=clock.now()))
        return super().get_context_data(announcements=latest_announcements(), figures=figures, **kwargs)


class FiguresView(TemplateView):
    """What the home page's figures mean, with the month by month and the associations behind them."""

    access = PUBLIC
    template_name = "dashboard/figures.html"

    def get_context_data(self, **kwargs):
        figures = service_figures(now=clock.now())
        limit = rule_value("application.local_days", on=clock.today())
        return super().get_context_data(
            figures=figures, charts=charts_of(figures), fewest=FEWEST, limit=limit, **kwargs
        )


class PrivacyView(TemplateView):
    access = PUBLIC
    template_name = "dashboard/privacy.html"


class AccessibilityView(TemplateView):
    access = PUBLIC
    template_name = "dashboard/accessibility.html"


class DisplayView(TemplateView):
    """Text size and colours: the bar's button sends one of them, this page both."""

    access = PUBLIC
    template_name = "dashboard/display.html"

    def get_context_data(self, **kwargs):
        display = display_preferences(self.request.COOKIES)
        form = DisplayForm(initial={"text": display.text, "scheme": display.scheme})
        return super().get_context_data(display_form=form, next_url=self._next(self.request.GET), **kwargs)

    def post(self, request):
        response = HttpResponseRedirect(self._next(request.POST))
        for field, choices, cookie in (("text", TextSize, TEXT_COOKIE), ("scheme", Scheme, SCHEME_COOKIE)):
            if request.POST.get(field) in choices.values:
                response.set_cookie(
                    cookie,
                    request.POST[field],
                    max_age=ONE_YEAR,
                    secure=request.is_secure(),
                    httponly=True,
                    samesite="Lax",
                )
        return response

    def _next(self, values) -> str:
        """Back to the page the reader came from, never to another host."""
        url = values.get("next", "")
        here = {self.request.get_host()}
        safe = url_has_allowed_host_and_scheme(url, allowed_hosts=here, require_https=self.request.is_secure())
        return url if safe else reverse("dashboard:home")
