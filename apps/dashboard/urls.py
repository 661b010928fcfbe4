from django.conf import settings
from django.urls import path

from apps.dashboard.views import gallery, member, public, staff

app_name = "dashboard"

urlpatterns = [
    path("", public.HomeView.as_view(), name="home"),
    path("display/", public.DisplayView.as_view(), name="display"),
    path("privacy/", public.PrivacyView.as_view(), name="privacy"),
    path("accessibility/", public.AccessibilityView.as_view(), name="accessibility"),
    path("account/", member.AccountView.as_view(), name="account"),
    path("office/", staff.OfficeView.as_view(), name="office"),
    path("office/deliveries/", staff.DeliveriesView.as_view(), name="deliveries"),
]

if not settings.PRODUCTION:
    urlpatterns.append(path("gallery/", gallery.GalleryView.as_view(), name="gallery"))
