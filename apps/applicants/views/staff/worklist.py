from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.forms.worklist import FilterForm
from apps.applicants.models import SavedView
from apps.applicants.selectors.case import visible_reference
from apps.applicants.selectors.desk_page import COUNTED, view_counts, work_list_page
from apps.applicants.selectors.desk_view import PILES, DeskView, read_view
from apps.applicants.selectors.saved_views import saved_views_of
from apps.applicants.selectors.worklist import reviewed_codes, work_list_rows
from apps.applicants.services.reading import record_list_reading
from apps.applicants.services.saved_views import delete_view, rename_view, save_view
from apps.applicants.views.staff.desk import last_list, remember_view
from apps.applicants.views.staff.handling import say
from apps.associations.selectors import colleagues_at
from apps.core import clock
from apps.core.access import Staff
from apps.rules.selectors import working_calendar


class WorkListView(View):
    """The association's cases, the nearest deadline first. Every view is an address; a reference opens its case."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        if typed := request.GET.get("reference", "").strip():
            return self._open(request, typed)
        view = read_view(request.GET)
        remember_view(request, view)
        return render(request, "applicants/office/work_list.html", self._context(request, view))

    def _context(self, request, view: DeskView) -> dict:
        now, calendar, own = clock.now(), working_calendar(), saved_views_of(request.actor.user_id)
        cursor = {name: request.GET.get(name, "") for name in ("after", "before")}
        page = work_list_page(request.actor, view, calendar, now=now, **cursor)
        record_list_reading(request.actor, page.rows, now=now)
        colleagues = colleagues_at(reviewed_codes(request.actor), on=clock.civil_date(now))
        form = FilterForm(view=view, colleagues=colleagues)
        return {
            **views_beside(request.actor, view, own, calendar, now=now),
            "view": view,
            "pile": PILES[view.pile],
            "filters": form,
            "chosen": [(label, which, page_url(view.without(key))) for key, label, which in form.chosen()],
            "plain_url": page_url(view.of_pile()),
            "rows": work_list_rows(page.rows, calendar, now=now),
            "tick_all": request.GET.get("tick") == "green",
            "tick_url": page_url(view, **cursor, tick="green"),
            "previous_url": page_url(view, before=page.previous_cursor) if page.previous_cursor else "",
            "next_url": page_url(view, after=page.next_cursor) if page.next_cursor else "",
        }

    def _open(self, request, typed: str):
        if reference := visible_reference(request.actor, typed):
            return redirect("applicants:case", reference)
        messages.error(
            request, _("没有找到编号为“%(reference)s”的申请。请核对，例如 ZJ-2026-7K4M-9Q。") % {"reference": typed}
        )
        return redirect("applicants:worklist")


class SavedViewsView(View):
    """One's own views: keep the list that one looks at, rename, delete."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        views = [(view, page_url(read_view(view.query))) for view in saved_views_of(request.actor.user_id)]
        context = {"views": views, "list_url": last_list(request)}
        return render(request, "applicants/office/saved_views.html", context)

    def post(self, request):
        name, view_id = request.POST.get("name", ""), request.POST.get("view", "")
        act = request.POST.get("act")
        if act == "save":
            say(request, lambda: self._saved(request, name))
            return redirect(page_url(read_view(request.POST.get("query", ""))))
        if act == "rename":
            say(request, lambda: self._renamed(request, view_id, name))
        elif act == "delete":
            say(request, lambda: self._deleted(request, view_id))
        return redirect("applicants:views")

    def _saved(self, request, name: str) -> str:
        view = save_view(actor=request.actor, name=name, query=request.POST.get("query", ""), now=clock.now())
        return _("已保存视图“%(name)s”，列在左侧。") % {"name": view.name}

    def _renamed(self, request, view_id: str, name: str) -> str:
        view = rename_view(actor=request.actor, view_id=known_id(view_id), name=name)
        return _("已改名为“%(name)s”。") % {"name": view.name}

    def _deleted(self, request, view_id: str) -> str:
        delete_view(actor=request.actor, view_id=known_id(view_id))
        return _("已删除这个视图。申请不受影响。")


def known_id(typed: str):
    try:
        return SavedView._meta.pk.to_python(typed)
    except Exception as error:
        raise Http404 from error


def views_beside(actor, chosen: DeskView, own: list[SavedView], calendar, *, now) -> dict:
    """The fixed views and one's own, each with its count and address: one query for all counts."""
    fixed = {key: DeskView(key) for key in PILES}
    saved = {str(view.pk): read_view(view.query) for view in own}
    counts = view_counts(actor, fixed | saved, calendar, now=now)
    is_own = chosen.query in {view.query for view in saved.values()}
    return {
        "piles": [
            _beside(PILES[key].label, view, counts[key], view.pile == chosen.pile and not is_own)
            for key, view in fixed.items()
        ],
        "own_views": [
            _beside(view.name, saved[str(view.pk)], counts[str(view.pk)], saved[str(view.pk)] == chosen) for view in own
        ],
        "is_own": is_own,
    }


def _beside(label: str, view: DeskView, count: int, is_chosen: bool) -> dict:
    count_text = f"{COUNTED}+" if count > COUNTED else str(count)
    return {"label": label, "count": count_text, "url": page_url(view), "is_chosen": is_chosen}


def page_url(view: DeskView, **more) -> str:
    """The address of a view, from a cursor on where one is given."""
    parts = [view.query, *(f"{key}={value}" for key, value in more.items() if value)]
    return f"{reverse('applicants:worklist')}?{'&'.join(part for part in parts if part)}"
