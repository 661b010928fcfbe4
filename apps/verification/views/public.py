"""Anybody checks what somebody holds."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django_permissions_policy.decorators import permissions_policy_override

from apps.accounts.services import spend
from apps.certificates.enums import Document, VerdictWord
from apps.certificates.selectors import normalise_code, verdict_for_member
from apps.certificates.services import ExaminersBusy
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.errors import PortalError
from apps.verification.forms import CodeForm, DayForm, FileForm, MemberForm, PictureForm
from apps.verification.selectors import standing_on, verdict_for_code
from apps.verification.services import qr_in_picture, verdict_on_foreign_qr, verdict_on_pdf
from apps.verification.views.offline import token_check
from apps.verification.views.verdict_page import show

FORMS = {"code": CodeForm, "picture": PictureForm, "file": FileForm, "member": MemberForm}
ALLOWANCES = {"member": "20/10m/ip", "file": "30/10m/ip", "picture": "30/10m/ip"}
"""Wrong names, and strangers' files and pictures, from one address of the network; a name that is right costs none."""
TOO_MANY = _("您在短时间内查验了很多次。请过十分钟再试；用查验码或手机扫描二维码查验没有次数限制。")
MARK_OF_PDF = b"%PDF-"
WITH_CAMERA = settings.PERMISSIONS_POLICY | {"camera": ["self"]}


@method_decorator(never_cache, name="dispatch")
class CheckView(View):
    """Where the QR leads. With a day in the query: what the register, as known today, says of that day, too."""

    access = PUBLIC

    def get(self, request, code):
        plain = normalise_code(code)
        if plain != code and len(plain) < 40:
            return HttpResponseRedirect(check_url(plain) if plain else reverse("verification:verify"))
        now = clock.now()
        verdict = verdict_for_code(plain, now=now)
        if verdict.word == VerdictWord.UNKNOWN:
            return show(request, verdict, status=404, **token_check())
        day = self._on_a_day(request, plain, now) if verdict.document == Document.CERTIFICATE else {}
        return show(request, verdict, on_paper=True, **day, **token_check())

    def _on_a_day(self, request, code, now) -> dict:
        form = DayForm(request.GET if "on_year" in request.GET else None, today=clock.civil_date(now))
        line = standing_on(code, form.cleaned_data["on"]) if form.is_valid() else None
        return {"day_form": form, "form": form, "line_on_day": line, "today": clock.civil_date(now)}


@method_decorator([never_cache, permissions_policy_override(WITH_CAMERA)], name="dispatch")
class VerifyView(View):
    """The code typed in, its QR as a picture, the file, or a number with a name: one of four forms on one page."""

    access = PUBLIC

    def get(self, request):
        return self._page(request, {})

    def post(self, request):
        way = request.POST.get("way", "code")
        form = FORMS.get(way, CodeForm)(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, {way: form}, status=422)
        usage = spend(request, action=f"verify.{way}", rate=ALLOWANCES.get(way, ""))
        if usage is None:
            return self._refused(request, way, form, TOO_MANY, status=429)
        try:
            return getattr(self, f"_by_{way}")(request, form.cleaned_data, usage)
        except ExaminersBusy as busy:
            return self._refused(request, way, form, busy, status=503)
        except PortalError as refusal:
            return self._refused(request, way, form, refusal, status=422)

    def _by_code(self, request, answers, usage):
        return HttpResponseRedirect(check_url(answers["code"]))

    def _by_member(self, request, answers, usage):
        verdict = verdict_for_member(**answers, now=clock.now())
        if verdict.word != VerdictWord.NO_MATCH:
            usage.rollback()
        return show(request, verdict)

    def _by_file(self, request, answers, usage):
        content = answers["file"].read()
        if MARK_OF_PDF not in content[:1024] and is_picture(content):
            return self._of_picture(request, content)
        return show(request, verdict_on_pdf(content, now=clock.now()))

    def _by_picture(self, request, answers, usage):
        content = answers["picture"].read()
        if content.startswith(MARK_OF_PDF):
            return show(request, verdict_on_pdf(content, now=clock.now()))
        return self._of_picture(request, content)

    def _of_picture(self, request, content: bytes):
        found = qr_in_picture(content)
        if not found.code:
            return show(request, verdict_on_foreign_qr(found, now=clock.now()))
        return HttpResponseRedirect(check_url(found.code) + (f"#{found.fragment}" if found.fragment else ""))

    def _refused(self, request, way, form, sentence, *, status):
        form.add_error(list(form.fields)[-1], str(sentence))
        return self._page(request, {way: form}, status=status)

    def _page(self, request, bound, *, status=200):
        forms = {f"{way}_form": bound.get(way) or form() for way, form in FORMS.items()}
        failed = next(iter(bound.values()), None)
        return render(request, "verification/verify.html", {**forms, "form": failed}, status=status)


def is_picture(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM")) or content[4:8] in {b"ftyp", b"WEBP"}


def check_url(code: str) -> str:
    return reverse("verification:check", args=[code])
