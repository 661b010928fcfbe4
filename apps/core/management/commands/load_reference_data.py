"""Load what each app ships with: associations, rules, reasons, calendars. Repeating it changes nothing."""

from importlib import import_module

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from apps.core import clock


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        now = clock.now()
        with transaction.atomic():
            for config in apps.get_app_configs():
                if load := _loader(config.name):
                    load(now=now)


def _loader(app_name: str):
    """`load_reference_data(*, now)` of the app's services, if it has one."""
    try:
        services = import_module(f"{app_name}.services")
    except ModuleNotFoundError as error:
        if error.name == f"{app_name}.services":
            return None
        raise
    return getattr(services, "load_reference_data", None)
