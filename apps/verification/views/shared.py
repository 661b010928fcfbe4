"""What somebody sees who was sent a link. Opening the address counts nothing: programs that preview links do that."""

import secrets

from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from apps.accounts.services import client_ip
from apps.core import clock
from apps.core.access import PUBLIC
from apps.verification.enums import LinkState
from apps.verification.selectors import link_by_secret, shared_page
from apps.verification.services import LinkClosed, open_link
from apps.verification.views.verdict_page import show

NOT_TOLD_TO_OTHERS = "same-origin"
"""The address opens the page, so no other host hears of it. `no-referrer` would hide it from our own forms, too, and
their check of where they come from would refuse them."""


@method_decorator(never_cache, name="dispatch")
class SharedView(View):
    access = PUBLIC

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = NOT_TOLD_TO_OTHERS
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request, secret):
        link = link_by_secret(secret)
        state = link.state(now=clock.now()) if link else ""
        if state != LinkState.OPEN:
            return closed(request, state)
        return render(request, "verification/shared.html", {"link": link, "visit": secrets.token_urlsafe(12)})

    def post(self, request, secret):
        try:
            link = open_link(
                secret=secret,
                visit=request.POST.get("visit", "")[:64],
                ip=client_ip(request),
                agent=request.headers.get("User-Agent", ""),
                now=clock.now(),
            )
        except LinkClosed as refusal:
            return closed(request, refusal.state)
        page = shared_page(link, now=clock.now())
        return show(request, page.verdict, shared=page, link=link)


def closed(request, state: str):
    """Kind, and the same whatever ended it: it says what the holder can do."""
    context = {"state": state, "label": LinkState(state).label if state else ""}
    return render(request, "verification/shared_closed.html", context, status=410 if state else 404)
