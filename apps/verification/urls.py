"""Addresses at which anybody checks what somebody holds. Both stand on paper and never move."""

from django.urls import path

from apps.verification.views import public, published

app_name = "verification"

urlpatterns = [
    path("verify/", public.VerifyView.as_view(), name="verify"),
    path("verify/keys.json", published.KeysView.as_view(), name="keys"),
    path("verify/status/<int:number>", published.StatusListView.as_view(), name="status_list"),
    path("v/<str:code>", public.CheckView.as_view(), name="check"),
]
