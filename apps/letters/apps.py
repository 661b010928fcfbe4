from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "apps.letters"
    label = "letters"

    def ready(self):
        from apps.letters import handlers  # noqa: F401
