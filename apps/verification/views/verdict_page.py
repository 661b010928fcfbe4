"""A verdict as a page: one large word, what was checked, what is shown of the person, what to do next."""

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.certificates.enums import VerdictWord
from apps.certificates.selectors import Shown, Verdict
from apps.verification.enums import SharedField
from apps.verification.selectors import SharedPage, words_of

UNKNOWN_WORDS = {VerdictWord.UNKNOWN, VerdictWord.NO_MATCH, VerdictWord.FOREIGN}


def show(request, verdict: Verdict, *, on_paper=False, shared: SharedPage | None = None, status: int = 200, **more):
    """`on_paper`: only the code was looked at, so the page says what it cannot see."""
    words, facts = words_of(verdict), shared.facts if shared else ()
    context = {
        "verdict": verdict,
        "words": words,
        "meaning": verdict.reason or words.meaning % {"date": date_format(verdict.on) if verdict.on else ""},
        "rows": [*_facts(facts), *_rows(verdict.shown, SharedField.NAME.label in dict(facts)), *_facts(verdict.facts)],
        "shared": shared,
        "unseen": on_paper and verdict.word not in UNKNOWN_WORDS,
        **more,
    }
    return render(request, "verification/verdict.html", context, status=status)


def _rows(shown: Shown | None, named: bool) -> list[dict]:
    if shown is None:
        return []
    masked = [] if named else [{"label": _("姓名"), "value": shown.masked_name}]
    return [
        *masked,
        {"label": _("会员类别"), "value": shown.kind},
        {"label": _("所属协会"), "value": shown.association},
        {"label": _("入会时间"), "value": date_format(shown.admitted_on)},
    ]


def _facts(facts: tuple[tuple[str, str], ...]) -> list[dict]:
    return [{"label": label, "value": value} for label, value in facts]
