from django.urls import path

from apps.dashboard.views import gallery, member, public, rules, staff

app_name = "dashboard"

urlpatterns = [
    path("", public.HomeView.as_view(), name="home"),
    path("display/", public.DisplayView.as_view(), name="display"),
    path("privacy/", public.PrivacyView.as_view(), name="privacy"),
    path("accessibility/", public.AccessibilityView.as_view(), name="accessibility"),
    path("figures/", public.FiguresView.as_view(), name="figures"),
    path("account/", member.AccountView.as_view(), name="account"),
    path("office/", staff.OfficeView.as_view(), name="office"),
    path("gallery/", gallery.GalleryView.as_view(), name="gallery"),
    path("gallery/<slug:page>/", gallery.GalleryPageView.as_view(), name="gallery_page"),
    path("office/rules/<str:key>/change/", rules.ChangeRuleView.as_view(), name="rule_change"),
    path("office/rules/<str:key>/end/<str:code>/", rules.EndLocalRuleView.as_view(), name="rule_end"),
    path("office/deliveries/", staff.DeliveriesView.as_view(), name="deliveries"),
]
