from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "apps.certificates"
    label = "certificates"

    def ready(self):
        from apps.certificates import handlers  # noqa: F401
