from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "apps.firms"
    label = "firms"

    def ready(self):
        from apps.firms import handlers  # noqa: F401
