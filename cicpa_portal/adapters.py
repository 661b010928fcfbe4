"""How allauth fits into this house: our words, our mail rows, our keys, our way home."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import seats_on
from apps.core import clock
from apps.core.encryption import open_for_portal, seal_for_portal
from apps.firms.selectors import firm_grants_on
from apps.mail.services import send_mail

MESSAGES = {
    "account/messages/logged_out.txt": _("您已退出。在公用电脑上，请关闭浏览器窗口。"),
    "account/messages/password_changed.txt": _("密码已更改。下次请用新密码登录。"),
    "account/messages/password_set.txt": _("密码已设置。下次可以用密码登录。"),
    "mfa/messages/totp_activated.txt": _("动态验证码已启用。请把恢复码保存在安全的地方。"),
    "mfa/messages/totp_deactivated.txt": _("动态验证码已停用。"),
    "mfa/messages/recovery_codes_generated.txt": _("新的恢复码已生成，旧的恢复码不能再用。"),
}

NOTICES = {
    "password_changed": _("您的账号密码已更改。"),
    "password_reset": _("您的账号密码已重新设置。"),
    "password_set": _("您的账号已设置密码。"),
    "totp_activated": _("您的账号已启用动态验证码。"),
    "totp_deactivated": _("您的账号已停用动态验证码。"),
    "recovery_codes_generated": _("您的账号已生成新的恢复码，旧的恢复码不能再用。"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("当前密码不正确，请重新输入。"),
        "incorrect_password": _("密码不正确，请重新输入。"),
        "invalid_password_reset": _("这个链接已经用过或已经过期，请重新申请。"),
        "too_many_login_attempts": _("输错的次数太多。请等五分钟再试。"),
        "rate_limited": _("操作太频繁。请等五分钟再试。"),
    }

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Only what we have words for; allauth's own are half translated."""
        if message := message or MESSAGES.get(message_template):
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def send_mail(self, template_prefix, email, context):
        """As a row of the mail app, sent by the worker."""
        name = template_prefix.rpartition("/")[2]
        words = {"reset_url": context.get("password_reset_url", ""), "what": NOTICES.get(name, "")}
        send_mail(
            template="accounts/security_notice" if name in NOTICES else f"accounts/{name}",
            to=email,
            context=words,
            language=get_language() or settings.LANGUAGE_CODE,
            purpose=f"account.{name}",
            now=clock.now(),
            is_secret=name == "password_reset_key",
        )

    def get_reset_password_from_key_url(self, key):
        """Under the portal's own address, whatever Host header came with the request."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", quote(key))

    def get_login_redirect_url(self, request):
        """Staff come in at the office, agents at their firm's desk, everybody else at their own page."""
        if seats_on(request.user.pk, clock.today()):
            return reverse("dashboard:office")
        if firm_grants_on(request.user.pk, clock.today()):
            return reverse("registrations:firm")
        return settings.LOGIN_REDIRECT_URL

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:security")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("动态验证码不正确或已经用过。请等验证器显示下一组六位数字后再输入。"),
        "cannot_delete_authenticator": _("您不能停用动态验证码。"),
    }

    def encrypt(self, text: str) -> str:
        return urlsafe_b64encode(seal_for_portal(text.encode(), "accounts.second_factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_for_portal(urlsafe_b64decode(encrypted_text), "accounts.second_factor").decode()
