from django.urls import path

from apps.certificates.views import member

app_name = "certificates"

urlpatterns = [
    path("account/certificate/<uuid:certificate_id>/", member.DownloadView.as_view(), name="download"),
]
