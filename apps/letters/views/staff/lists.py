from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views import View

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.core.piles import pile_links
from apps.letters.selectors.reissues import reissue_counts
from apps.letters.selectors.worklist import FIRST_PILE, PILES, pile_counts, pile_page
from apps.letters.services.reading import record_letter_reading
from apps.rules.selectors import working_calendar


class WorkListView(View):
    """Piles with counts at the left, the pile's letters at the right, the nearest deadline first."""

    access = Staff(Permission.HANDLE_LETTERS)

    def get(self, request):
        pile = PILES.get(request.GET.get("pile"), PILES[FIRST_PILE])
        page = pile_page(
            request.actor, pile, working_calendar(), after=request.GET.get("after", ""), today=clock.today()
        )
        record_letter_reading(request.actor, [row.letter for row in page.rows], now=clock.now())
        context = {
            "piles": pile_links(PILES, pile_counts(request.actor), pile, page_url),
            "pile": pile,
            "rows": page.rows,
            "reissues": reissue_counts(),
            "next_url": page_url(pile, after=page.next_cursor) if page.next_cursor else "",
        }
        return render(request, "letters/office/list.html", context)


def page_url(pile, **cursor) -> str:
    return f"{reverse('letters:office')}?{urlencode({'pile': pile.key, **cursor})}"
