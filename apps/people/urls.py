from django.urls import path

from apps.people.views import staff

app_name = "people"

urlpatterns = [path("office/staff/<int:user_id>/person/", staff.StaffPersonView.as_view(), name="staff_person")]
