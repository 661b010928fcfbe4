from django.urls import path

from apps.content.views.public import AnnouncementsView, AnnouncementView

app_name = "content"

urlpatterns = [
    path("announcements/", AnnouncementsView.as_view(), name="announcements"),
    path("announcements/<str:document_number>/", AnnouncementView.as_view(), name="announcement"),
]
