"""Our own addresses, and those of allauth that we use: nothing else of it is reachable."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

from apps.accounts.views.security import SecurityView
from apps.accounts.views.signin import SignInCodeView, SignInView, SignOutView

app_name = "accounts"

urlpatterns = [
    path("signin/", SignInView.as_view(), name="signin"),
    path("signin/code/", SignInCodeView.as_view(), name="signin_code"),
    path("signout/", SignOutView.as_view(), name="signout"),
    path("account/security/", SecurityView.as_view(), name="security"),
]

# Names that allauth itself looks up; access to its views stands in cicpa_portal.middleware.THIRD_PARTY_ADDRESSES.
allauth_urlpatterns = [
    path("signin/", SignInView.as_view(), name="account_login"),
    path("signin/new/", RedirectView.as_view(url="/apply/"), name="account_signup"),
    path("signin/inactive/", account.account_inactive, name="account_inactive"),
    path("signin/second-factor/", second_factor.authenticate, name="mfa_authenticate"),
    path("signin/reset/", account.password_reset, name="account_reset_password"),
    path("signin/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("signin/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^signin/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/security/", SecurityView.as_view(), name="mfa_index"),
    path("account/security/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/security/confirm/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/security/password/", account.password_change, name="account_change_password"),
    path("account/security/password/set/", account.password_set, name="account_set_password"),
    path("account/security/authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/security/authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/security/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/security/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/security/recovery-codes/file/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
