from django.urls import path

from apps.people.views import conflicts, staff

app_name = "people"

urlpatterns = [
    path("office/staff/<int:user_id>/person/", staff.StaffPersonView.as_view(), name="staff_person"),
    path("office/conflicts/", conflicts.ConflictsView.as_view(), name="conflicts"),
    path("office/conflicts/end/", conflicts.EndRelationView.as_view(), name="end_relation"),
]
