from django.urls import path

from apps.certificates.views import member, staff

app_name = "certificates"

urlpatterns = [
    path("account/certificate/<uuid:certificate_id>/", member.DownloadView.as_view(), name="download"),
    path("office/certificates/", staff.CertificatesView.as_view(), name="office"),
    path("office/certificates/names/", staff.RetryNamesView.as_view(), name="retry_names"),
    path("office/certificates/runs/<uuid:run_id>/", staff.RunView.as_view(), name="run"),
]
