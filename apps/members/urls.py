from django.urls import path

from apps.members.views.public import RegisterSearchView

app_name = "members"

urlpatterns = [
    path("register/", RegisterSearchView.as_view(), name="register"),
]
