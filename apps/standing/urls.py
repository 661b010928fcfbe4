from django.urls import path

from apps.standing.views import staff

app_name = "standing"

urlpatterns = [
    path("office/facts/", staff.FactsView.as_view(), name="facts"),
    path("office/facts/new/", staff.AddFactView.as_view(), name="add_fact"),
    path("office/facts/<uuid:fact_id>/", staff.FactView.as_view(), name="fact"),
]
