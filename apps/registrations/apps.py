from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "apps.registrations"
    label = "registrations"

    def ready(self):
        from apps.registrations import handlers  # noqa: F401
