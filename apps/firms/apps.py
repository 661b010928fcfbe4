from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "apps.firms"
    label = "firms"
