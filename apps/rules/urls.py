from django.urls import path

from apps.rules.views import staff

app_name = "rules"

urlpatterns = [
    path("office/rules/", staff.RulesView.as_view(), name="rules"),
    path("office/rules/<str:key>/", staff.RuleView.as_view(), name="rule"),
    path("office/calendars/", staff.CalendarsView.as_view(), name="calendars"),
    path("office/calendars/<int:year>/", staff.CalendarView.as_view(), name="calendar"),
]
