"""Signing in: three doors, with a password or with a one-time code."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from apps.accounts.enums import CodePurpose, SignInKind
from apps.accounts.forms import CodeForm, SignInForm
from apps.accounts.selectors import address_behind, user_by_sign_in_name
from apps.accounts.services import (
    CodeRefused,
    SignInRefused,
    client_ip,
    redeem_code,
    request_code,
    safe_next_url,
    sign_in,
)
from apps.accounts.services.sessions import user_by_password
from apps.core import clock
from apps.core.access import PUBLIC

WAITING = "sign_in_by_code"
"""The session's note of a sign-in that waits for its code: which door, which name, which code, where to."""


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(FormView):
    access = PUBLIC
    form_class = SignInForm
    template_name = "accounts/signin.html"

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(self.next_url or "dashboard:account")
        return super().get(request, *args, **kwargs)

    @property
    def next_url(self) -> str | None:
        return safe_next_url(self.request, self.request.POST.get("next") or self.request.GET.get("next"))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by_password": self.request.POST.get("by") != "code"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(next_url=self.next_url, **kwargs)

    def form_valid(self, form):
        try:
            return self._by_password(form) if form.by_password else self._send_code(form)
        except (SignInRefused, CodeRefused) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)

    def _by_password(self, form):
        data = form.cleaned_data
        user = user_by_password(self.request, kind=data["kind"], value=data["value"], password=data["password"])
        return sign_in(self.request, user, by="password", next_url=self.next_url)

    def _send_code(self, form):
        kind, value = form.cleaned_data["kind"], form.cleaned_data["value"]
        sent = request_code(
            purpose=CodePurpose.SIGN_IN,
            email=address_behind(kind, value),
            language=get_language(),
            now=clock.now(),
            ip=client_ip(self.request),
        )
        note = {"kind": kind, "value": value, "request_id": str(sent.id), "next": self.next_url}
        self.request.session[WAITING] = note
        return redirect("accounts:signin_code")


@method_decorator(never_cache, name="dispatch")
class SignInCodeView(FormView):
    access = PUBLIC
    form_class = CodeForm
    template_name = "accounts/signin_code.html"

    def dispatch(self, request, *args, **kwargs):
        self.waiting = request.session.get(WAITING)
        if self.waiting is None:
            messages.warning(request, _("请先填写编号或邮箱，再获取验证码。"))
            return redirect("accounts:signin")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        by_email = self.waiting["kind"] == SignInKind.EMAIL
        return super().get_context_data(by_email=by_email, value=self.waiting["value"], **kwargs)

    def form_valid(self, form):
        kind, value = self.waiting["kind"], self.waiting["value"]
        try:
            redeem_code(
                purpose=CodePurpose.SIGN_IN,
                email=address_behind(kind, value),
                code=form.cleaned_data["code"],
                request_id=self.waiting["request_id"],
                now=clock.now(),
            )
        except CodeRefused as refusal:
            form.add_error("code", refusal_sentence(refusal))
            return self.form_invalid(form)
        del self.request.session[WAITING]
        user = user_by_sign_in_name(kind, value)
        if user is None:  # closed since the code was sent
            return redirect("account_inactive")
        return sign_in(self.request, user, by="code", next_url=self.waiting["next"])


def refusal_sentence(refusal: CodeRefused) -> str:
    if refusal.attempts_left is None:
        return str(refusal)
    left = _("还可以输入 %(left)d 次。") % {"left": refusal.attempts_left}
    return f"{refusal} {left}"


class SignOutView(TemplateView):
    """GET asks, POST signs out: a link on a foreign page signs nobody out."""

    access = PUBLIC
    template_name = "accounts/signout.html"

    def post(self, request, *args, **kwargs):
        logout(request)
        messages.success(request, _("您已退出。在公用电脑上，请关闭浏览器窗口。"))
        return redirect("dashboard:home")
