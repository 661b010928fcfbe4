"""Anybody checks what somebody holds."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from apps.certificates.enums import VerdictWord
from apps.certificates.selectors import Shown, Verdict, normalise_code, verdict_for_member
from apps.core import clock
from apps.core.access import PUBLIC
from apps.verification.forms import CodeForm, FileForm, MemberForm
from apps.verification.selectors import verdict_for_code, words_of
from apps.verification.services import verdict_on_pdf

FORMS = {"code": CodeForm, "member": MemberForm, "file": FileForm}


@method_decorator(never_cache, name="dispatch")
class CheckView(View):
    """Where the QR leads."""

    access = PUBLIC

    def get(self, request, code):
        plain = normalise_code(code)
        if plain != code and len(plain) < 40:
            return HttpResponseRedirect(reverse("verification:check", args=[plain]) if plain else verify_url())
        verdict = verdict_for_code(plain, now=clock.now())
        return show(request, verdict, status=404 if verdict.word == VerdictWord.UNKNOWN else 200)


@method_decorator(never_cache, name="dispatch")
class VerifyView(View):
    """The code typed in, a number with a name, or the file: one of three forms on one page."""

    access = PUBLIC

    def get(self, request):
        return self._page(request, {})

    def post(self, request):
        way = request.POST.get("way", "code")
        form = FORMS.get(way, CodeForm)(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, {way: form}, status=422)
        return getattr(self, f"_by_{way}")(request, form.cleaned_data)

    def _by_code(self, request, answers):
        return HttpResponseRedirect(reverse("verification:check", args=[answers["code"]]))

    def _by_member(self, request, answers):
        return show(request, verdict_for_member(**answers, now=clock.now()))

    def _by_file(self, request, answers):
        return show(request, verdict_on_pdf(answers["file"].read(), now=clock.now()))

    def _page(self, request, bound, *, status=200):
        forms = {f"{way}_form": bound.get(way) or form() for way, form in FORMS.items()}
        failed = next(iter(bound.values()), None)
        return render(request, "verification/verify.html", {**forms, "form": failed}, status=status)


def show(request, verdict: Verdict, *, status: int = 200):
    words = words_of(verdict)
    context = {
        "verdict": verdict,
        "words": words,
        "meaning": words.meaning % {"date": date_format(verdict.on) if verdict.on else ""},
        "rows": [*_rows(verdict.shown), *_facts(verdict)],
    }
    return render(request, "verification/verdict.html", context, status=status)


def _rows(shown: Shown | None) -> list[dict]:
    if shown is None:
        return []
    return [
        {"label": _("姓名"), "value": shown.masked_name},
        {"label": _("会员类别"), "value": shown.kind},
        {"label": _("所属协会"), "value": shown.association},
        {"label": _("入会时间"), "value": date_format(shown.admitted_on)},
    ]


def _facts(verdict: Verdict) -> list[dict]:
    return [{"label": label, "value": value} for label, value in verdict.facts]


def verify_url() -> str:
    return reverse("verification:verify")
