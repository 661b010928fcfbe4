"""Whose case it is: claim, release, take over, assign, the next one; and the agreement taken back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.selectors.desk_view import read_view
from apps.applicants.selectors.worklist import conflicted_case
from apps.applicants.services import claims
from apps.applicants.services.next_case import claim_next
from apps.applicants.services.passing_on import pass_on_application
from apps.applicants.services.take_back import take_back_agreement
from apps.applicants.views.staff.case import CaseDoor
from apps.applicants.views.staff.desk import last_list, last_view
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError


class HandlingView(CaseDoor):
    """The buttons beside the officer's name; every one leads back to the case and says what happened."""

    def get(self, request, reference):
        self.load()
        return redirect("applicants:case", reference)

    def post(self, request, reference):
        application = self.load()
        act = self.ACTS.get(request.POST.get("act"))
        if act is not None:
            say(request, lambda: act(self, {"actor": request.actor, "application_id": application.pk}))
        return redirect("applicants:case", reference)

    def claim(self, arguments):
        claims.claim_application(**arguments, now=clock.now())
        return _("已领取，由您办理。")

    def release(self, arguments):
        claims.release_application(**arguments, now=clock.now())
        return _("已放回，同事可以领取。")

    def take_over(self, arguments):
        claims.take_over_application(**arguments, seen_officer_id=officer_id(self.request), now=clock.now())
        return _("已接办，记入经过。现在由您决定。")

    def assign(self, arguments):
        done = claims.assign_application(**arguments, officer_id=officer_id(self.request), now=clock.now())
        return _("已分派给%(officer)s。") % {"officer": done.officer}

    ACTS = {"claim": claim, "release": release, "take_over": take_over, "assign": assign}


class PassOnView(View):
    """From the page that says that a case is not for this officer: a colleague who has no interest in it."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request, reference):
        return redirect("applicants:case", reference)

    def post(self, request, reference):
        application = conflicted_case(request.actor, reference)
        if application is None:
            return redirect("applicants:case", reference)

        def act():
            arguments = {"actor": request.actor, "application_id": application.pk, "officer_id": officer_id(request)}
            done = pass_on_application(**arguments, now=clock.now())
            return _("已转交给%(officer)s，记入经过。") % {"officer": done.officer}

        say(request, act)
        return redirect("applicants:case", reference)


class TakeBackView(CaseDoor):
    """收回同意: on the case's own page, while its minutes run."""

    def get(self, request, reference):
        self.load()
        return redirect("applicants:case", reference)

    def post(self, request, reference):
        application, typed = self.load(), request.POST.get("version", "")
        arguments = {"actor": request.actor, "application_id": application.pk, "now": clock.now()}
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else -1

        def act():
            take_back_agreement(**arguments, version=version)
            return _("已收回同意，申请回到您手上，计时继续。")

        say(request, act)
        return redirect("applicants:case", reference)


class NextCaseView(View):
    """The next free case of the list that the officer came from; each of many officers gets another one."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        return redirect(last_list(request))

    def post(self, request):
        view, now = read_view(last_view(request)), clock.now()
        application = claim_next(actor=request.actor, view=view, now=now)
        if application is None:
            messages.info(request, _("这个列表里没有可以领取的申请了：都已有人办理，或者已经办完。"))
            return redirect(last_list(request))
        return redirect("applicants:case", application.reference)


def officer_id(request) -> int:
    typed = request.POST.get("officer", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


def say(request, act) -> None:
    """Do it, and say what came of it, or why it did not."""
    try:
        messages.success(request, act())
    except PortalError as error:
        for sentence in getattr(error, "missing", None) or [error.message]:
            messages.error(request, sentence)
