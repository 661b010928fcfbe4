"""The Celery application: a door for work that a request should not wait for.

Every job is a row in PostgreSQL; a Celery message only says "look now", so losing one loses nothing.
"""

import os
from pathlib import Path

from celery import Celery
from celery.signals import worker_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")

app = Celery("cicpa_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def make_ready_to_print(**_signal) -> None:
    """Before the first child is there: whoever waits for a letter does not wait for libraries and fonts as well."""
    from apps.documents.services import render_pdf
    from apps.letters.services.glyphs import unprintable
    from apps.letters.services.making import make_sealed_letter  # noqa: F401

    unprintable("证明")
    render_pdf("documents/letters/ready.html", {}, language="en", stylesheet="documents/letters/letter.css")


@worker_ready.connect
def say_so(**_signal) -> None:
    """To whoever started this worker, if they wait for it."""
    if path := os.environ.get("PORTAL_READY_FILE"):
        Path(path).touch()
