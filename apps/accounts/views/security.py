"""How one signs in, on one page: names, password, second factor, recovery codes."""

from allauth.mfa.models import Authenticator
from django.views.generic import TemplateView

from apps.accounts.selectors import sign_in_names_of
from apps.core.access import SIGNED_IN


class SecurityView(TemplateView):
    access = SIGNED_IN
    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        authenticators = {row.type: row for row in Authenticator.objects.filter(user_id=user.pk)}
        codes = authenticators.get(Authenticator.Type.RECOVERY_CODES)
        return super().get_context_data(
            names=sign_in_names_of(user.pk),
            has_password=user.has_usable_password(),
            has_totp=Authenticator.Type.TOTP in authenticators,
            codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
            **kwargs,
        )
