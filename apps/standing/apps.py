from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "apps.standing"
    label = "standing"

    def ready(self):
        from apps.standing import handlers  # noqa: F401
