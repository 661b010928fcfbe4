from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    name = "apps.applicants"
    label = "applicants"

    def ready(self):
        from apps.applicants import handlers  # noqa: F401
