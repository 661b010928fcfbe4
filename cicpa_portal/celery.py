"""The Celery application: a door for work that a request should not wait for.

Every job is a row in PostgreSQL; a Celery message only says "look now", so losing one loses nothing.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")

app = Celery("cicpa_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
