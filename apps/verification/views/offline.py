"""Checking without a network: the page that takes the server's place, and the worker that keeps it on the device."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import PUBLIC
from apps.verification.selectors import TOKEN_CAUSES, TOKEN_WORDS


class OfflineView(View):
    """The same for everybody; the code and the token stand in the address under which the worker shows it."""

    access = PUBLIC

    def get(self, request):
        return render(request, "verification/offline.html", token_check() | _opening())


class WorkerView(View):
    """Under /v/, because a worker serves only what lies below its own address."""

    access = PUBLIC

    def get(self, request):
        source = f'importScripts("{static("js/offline.js")}");\n'
        return HttpResponse(source, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def token_check() -> dict:
    """What the browser needs to check a token, for the page: the same for everybody who reads this language."""
    return {"token_check": _token_check(get_language(), static("js/check.js"))}


@lru_cache(maxsize=8)
def _token_check(_language: str, _script: str) -> str:
    """Ten verdicts to choose from: printed once a process, because this page is asked for more often than any other."""
    return render_to_string("verification/token_check.html", {"token_words": TOKEN_WORDS, "token_causes": TOKEN_CAUSES})


def _opening() -> dict:
    return {"opening": _("正在核对"), "opening_text": _("正在用这台设备上的公钥和状态清单核对。")}
