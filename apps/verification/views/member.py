"""The member's own links: make one, see who opened it when, take it back."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from apps.core import clock
from apps.core.access import SIGNED_IN
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError
from apps.members.selectors import membership_state, memberships_of_user
from apps.rules.selectors import rule_value
from apps.verification.enums import LinkState, SharedField
from apps.verification.forms import LinkForm
from apps.verification.selectors import links_of
from apps.verification.services import create_link, revoke_link

SHOWN = 50
TONES = {LinkState.OPEN: "done", LinkState.EXPIRED: "info", LinkState.USED_UP: "info", LinkState.REVOKED: "refused"}


class LinksView(View):
    access = SIGNED_IN

    def get(self, request):
        memberships, now = list(memberships_of_user(request.actor.user_id)), clock.now()
        links = links_of(membership.pk for membership in memberships)[:SHOWN]
        shareable = [membership for membership in memberships if _state(membership).is_current]
        keep_days = rule_value("share_link.keep_days", on=civil_date(now))
        context = {"rows": [_row(link, now) for link in links], "memberships": shareable, "keep_days": keep_days}
        return render(request, "verification/links.html", context)


class NewLinkView(View):
    access = SIGNED_IN

    def dispatch(self, request, *args, membership_id, **kwargs):
        self.membership = memberships_of_user(request.actor.user_id).filter(pk=membership_id).first()
        if self.membership is None or not _state(self.membership).is_current:
            raise Http404
        self.has_firm = _state(self.membership).firm is not None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, form=None):
        form = form or LinkForm(has_firm=self.has_firm)
        status = 422 if form.errors else 200
        context = {"form": form, "membership": self.membership}
        return render(request, "verification/new_link.html", context, status=status)

    def post(self, request):
        form = LinkForm(request.POST, has_firm=self.has_firm)
        if not form.is_valid():
            return self.get(request, form)
        try:
            create_link(actor=request.actor, membership_id=self.membership.pk, wish=form.wish(), now=clock.now())
        except PortalError as refusal:
            form.add_error(None, str(refusal))
            return self.get(request, form)
        messages.success(request, _("链接已经建好。请把下面第一个链接复制后发给对方。"))
        return redirect("verification:links")


class RevokeView(View):
    """Takes the form of the list."""

    access = SIGNED_IN

    def get(self, request, link_id):
        return redirect("verification:links")

    def post(self, request, link_id):
        try:
            revoke_link(actor=request.actor, link_id=link_id, now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        messages.success(request, _("链接已收回：从现在起谁也打不开它。"))
        return redirect("verification:links")


def _state(membership):
    return membership_state(membership, on=max(clock.today(), membership.admitted_on))


def _row(link, now) -> dict:
    state = link.state(now=now)
    return {
        "link": link,
        "state": state,
        "tone": TONES[state],
        "address": settings.PUBLIC_URL + reverse("verification:shared", args=[link.secret]),
        "fields": [SharedField(shared).label for shared in link.fields],
        "openings": sorted(link.opened.all(), key=lambda opening: opening.opened_at, reverse=True),
    }
