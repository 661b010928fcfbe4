from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.selectors.case import visible_reference
from apps.applicants.selectors.worklist import FIRST_PILE, PILES, pile_counts, work_list_page, work_list_rows
from apps.applicants.services.reading import record_list_reading
from apps.core import clock
from apps.core.access import Staff
from apps.rules.selectors import working_calendar


class WorkListView(View):
    """The association's cases in piles, the nearest deadline first; a reference opens its case at once."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        if typed := request.GET.get("reference", "").strip():
            return self._open(request, typed)
        pile = PILES.get(request.GET.get("pile"), PILES[FIRST_PILE])
        page = work_list_page(
            request.actor, pile, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
        now = clock.now()
        record_list_reading(request.actor, page.rows, now=now)
        context = {
            "piles": piles(request.actor, pile),
            "pile": pile,
            "rows": work_list_rows(page.rows, working_calendar(), today=clock.civil_date(now)),
            "previous_url": page_url(pile, before=page.previous_cursor),
            "next_url": page_url(pile, after=page.next_cursor),
        }
        return render(request, "applicants/office/work_list.html", context)

    def _open(self, request, typed: str):
        if reference := visible_reference(request.actor, typed):
            return redirect("applicants:case", reference)
        messages.error(
            request, _("没有找到编号为“%(reference)s”的申请。请核对，例如 ZJ-2026-7K4M-9Q。") % {"reference": typed}
        )
        return redirect("applicants:worklist")


def piles(actor, chosen) -> list[dict]:
    """The saved views with their counts, as links."""
    counts = pile_counts(actor)
    return [
        {"label": pile.label, "count": counts[key], "url": page_url(pile), "is_chosen": pile == chosen}
        for key, pile in PILES.items()
    ]


def page_url(pile, **cursor) -> str:
    """The address of a pile's page; nothing where the cursor is empty."""
    if cursor and not any(cursor.values()):
        return ""
    return f"{reverse('applicants:worklist')}?{urlencode({'pile': pile.key, **cursor})}"
