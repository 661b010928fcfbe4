"""gunicorn's settings, the same for bin/run and for containers: `gunicorn --config python:cicpa_portal.webserver`."""

import gc
import os

wsgi_app = "cicpa_portal.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("PORTAL_WEB_WORKERS", "2"))
threads = 4
timeout = 60
graceful_timeout = 8
preload_app = True
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def when_ready(server):
    """Before the workers are forked: load all that a request needs, so that they share it and are quick at once."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    gc.collect()
    gc.freeze()
