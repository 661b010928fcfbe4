"""Anybody tells us that a document looks wrong."""

import secrets

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from apps.accounts.services import spend
from apps.complaints.forms import TipForm
from apps.complaints.services import give_tip
from apps.core import clock
from apps.core.access import PUBLIC
from apps.documents.services import UploadRefused

RATE = "10/h/ip"
TOO_MANY = _("您在一小时内已经告诉我们很多次了。请过一小时再提交，或致电协会；您填写的内容都在。")
RECEIPT = "tip_reference"


class TipView(View):
    """The code comes filled in from a verdict."""

    access = PUBLIC

    def get(self, request):
        start = {"code": request.GET.get("code", "")[:40], "ticket": secrets.token_urlsafe(16)}
        return self._page(request, TipForm(initial=start))

    def post(self, request):
        form = TipForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        if not spend(request, action="tip", rate=RATE):
            form.add_error(None, str(TOO_MANY))
            return self._page(request, form, status=429)
        said = form.cleaned_data
        try:
            tip = give_tip(form.telling(), ticket=said["ticket"], picture=said["picture"], now=clock.now())
        except UploadRefused as refusal:
            form.add_error("picture", str(refusal))
            return self._page(request, form, status=422)
        request.session[RECEIPT] = tip.reference
        return redirect("complaints:received")

    def _page(self, request, form, *, status=200):
        return render(request, "complaints/tip.html", {"form": form}, status=status)


class ReceivedView(View):
    access = PUBLIC

    def get(self, request):
        reference = request.session.get(RECEIPT)
        if not reference:
            return redirect("complaints:tip")
        return render(request, "complaints/received.html", {"reference": reference})
