"""Every address of the portal. The fixed ones are listed in product.md and never move."""

from django.urls import include, path
from django.views.i18n import set_language

from apps.accounts.urls import allauth_urlpatterns
from cicpa_portal.health import AliveView, ReadyView

urlpatterns = [
    path("", include("apps.accounts.urls")),
    path("", include(allauth_urlpatterns)),
    path("", include("apps.associations.urls")),
    path("", include("apps.mail.urls")),
    path("", include("apps.dashboard.urls")),
    path("", include("apps.content.urls")),
    path("", include("apps.people.urls")),
    path("", include("apps.rules.urls")),
    path("", include("apps.imports.urls")),
    path("", include("apps.firms.urls")),
    path("", include("apps.members.urls")),
    path("", include("apps.standing.urls")),
    path("", include("apps.applicants.urls")),
    path("", include("apps.certificates.urls")),
    path("", include("apps.complaints.urls")),
    path("", include("apps.movements.urls")),
    path("", include("apps.registrations.urls")),
    path("", include("apps.verification.urls")),
    path("", include("apps.letters.urls")),
    path("healthz", AliveView.as_view(), name="healthz"),
    path("readyz", ReadyView.as_view(), name="readyz"),
    path("language/", set_language, name="set_language"),
]

handler500 = "apps.dashboard.views.errors.server_error"
