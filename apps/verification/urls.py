"""Addresses at which anybody checks what somebody holds. Both stand on paper and never move."""

from django.urls import path

from apps.verification.views import public

app_name = "verification"

urlpatterns = [
    path("verify/", public.VerifyView.as_view(), name="verify"),
    path("v/<str:code>", public.CheckView.as_view(), name="check"),
]
