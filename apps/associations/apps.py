from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    name = "apps.associations"
    label = "associations"
