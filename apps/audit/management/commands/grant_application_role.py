"""Give the application's role its rights on every table, and on the audit record only reading and adding.

Run as the owner after each migration; `bin/run`, `bin/manage migrate` and the containers do so by themselves.
"""

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        role = settings.APPLICATION_ROLE
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user = %s", [role])
            if cursor.fetchone()[0]:
                self.stderr.write("One role does everything here, so nothing is granted and the audit lock is off.")
                return
            for statement in _statements(role):
                cursor.execute(statement)


def _statements(role: str) -> list[str]:
    to = connection.ops.quote_name(role)
    record = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _audit_models())
    return [
        f"GRANT USAGE ON SCHEMA public TO {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {to}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {record} FROM {to}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {to}",
    ]


def _audit_models():
    return apps.get_app_config("audit").get_models()
