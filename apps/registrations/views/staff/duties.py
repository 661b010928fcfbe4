from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.core import clock
from apps.core.access import Staff
from apps.registrations.selectors.duties import duty_rows
from apps.registrations.services.deciding import report_registrations
from apps.registrations.services.reading import record_list_reading
from apps.rules.selectors import working_calendar


class DutiesView(View):
    """After the decision: certificates and the filing list, with their clocks; POST says that a list has gone."""

    access = Staff(Permission.REVIEW_REGISTRATION)

    def get(self, request):
        rows = duty_rows(request.actor, working_calendar(), today=clock.today())
        record_list_reading(request.actor, [row.registration for row in rows], now=clock.now())
        return render(request, "registrations/office/duties.html", {"rows": rows})

    def post(self, request):
        references, count = request.POST.getlist("reference"), 0
        for code in sorted(association_scope(request.actor, Permission.REVIEW_REGISTRATION)):
            count += report_registrations(
                actor=request.actor, association_code=code, references=references, now=clock.now()
            )
        if count:
            sentence = ngettext("已记下 %(count)s 件的备案。", "已记下 %(count)s 件的备案。", count) % {"count": count}
            messages.success(request, sentence)
        else:
            messages.info(request, _("没有选中需要备案的申请。"))
        return redirect("registrations:duties")
