from django.urls import path

from apps.certificates.views import member, public

app_name = "certificates"

urlpatterns = [
    path("verify/", public.VerifyView.as_view(), name="verify"),
    path("v/<str:code>", public.CheckView.as_view(), name="check"),
    path("account/certificate/<uuid:certificate_id>/", member.DownloadView.as_view(), name="download"),
]
