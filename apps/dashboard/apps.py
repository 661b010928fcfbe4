from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "apps.dashboard"
    label = "dashboard"

    def ready(self):
        from apps.dashboard.forms import speak_plainly

        speak_plainly()
