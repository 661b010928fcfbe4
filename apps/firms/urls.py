from django.urls import path

from apps.firms.views import agent, staff

app_name = "firms"

urlpatterns = [
    path("firm/seats/", agent.SeatsView.as_view(), name="seats"),
    path("office/firms/", staff.FirmsView.as_view(), name="office_firms"),
    path("office/firms/<str:code>/", staff.FirmView.as_view(), name="office_firm"),
]
