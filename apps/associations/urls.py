from django.urls import path

from apps.associations.views import staff
from apps.associations.views.leave import LeaveView
from apps.associations.views.public import DirectoryView

app_name = "associations"

urlpatterns = [
    path("associations/", DirectoryView.as_view(), name="directory"),
    path("office/leave/", LeaveView.as_view(), name="leave"),
    path("office/seats/", staff.SeatsView.as_view(), name="seats"),
    path("office/seats/new/", staff.InviteView.as_view(), name="invite"),
    path("office/seats/<uuid:seat_id>/", staff.SeatView.as_view(), name="seat"),
    path("office/seats/<uuid:seat_id>/end/", staff.EndView.as_view(), name="seat_end"),
    path("office/seats/<uuid:seat_id>/move/", staff.MoveView.as_view(), name="seat_move"),
]
