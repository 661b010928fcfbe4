from django.urls import path

from apps.associations.views.public import DirectoryView

app_name = "associations"

urlpatterns = [path("associations/", DirectoryView.as_view(), name="directory")]
