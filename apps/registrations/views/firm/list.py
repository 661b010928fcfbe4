from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views import View

from apps.core import clock
from apps.core.access import Holder
from apps.core.errors import NotPermitted, PortalError
from apps.firms.enums import FIRM
from apps.firms.selectors import firms_of
from apps.registrations.enums import CLOSED_STATES
from apps.registrations.selectors.cases import registrations_of_firms
from apps.registrations.selectors.progress import progress_of
from apps.registrations.selectors.worklist import list_page
from apps.registrations.services.drafts import open_registration
from apps.registrations.services.reading import record_list_reading
from apps.rules.selectors import working_calendar


class ListView(View):
    """The firm's registrations, the open ones or the closed ones, the latest first; POST begins a new one."""

    access = Holder(FIRM)

    def get(self, request):
        is_closed = request.GET.get("pile") == "closed"
        rows = registrations_of_firms(request.actor)
        rows = rows.filter(state__in=CLOSED_STATES) if is_closed else rows.exclude(state__in=CLOSED_STATES)
        today, calendar = clock.today(), working_calendar()
        page = list_page(rows, "-changed_at", calendar, after=request.GET.get("after", ""), today=today)
        record_list_reading(request.actor, [row.registration for row in page.rows], now=clock.now())
        context = {
            "rows": [(row, progress_of(row.registration, calendar, today=today)) for row in page.rows],
            "next_cursor": page.next_cursor,
            "is_closed": is_closed,
            "firms": [firm for firm in firms_of(request.actor) if firm.is_open],
        }
        return render(request, "registrations/firm/list.html", context)

    def post(self, request):
        firm = firms_of(request.actor).filter(code=request.POST.get("firm", "")).first()
        if firm is None:
            raise Http404
        language = get_language() if request.POST.get("language") != "en" else "en"
        try:
            registration = open_registration(
                actor=request.actor, firm_code=firm.code, language=language, now=clock.now()
            )
        except NotPermitted as error:
            raise Http404 from error
        except PortalError as error:
            messages.error(request, " ".join(str(line) for line in getattr(error, "missing", [error.message])))
            return redirect("registrations:firm")
        return redirect("registrations:firm_case", registration.reference)
