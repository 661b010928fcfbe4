"""/healthz: the process is alive. /readyz: it can really do its work, or says in one word each what it cannot."""

import logging

import redis
from django.conf import settings
from django.db import transaction
from django.http import JsonResponse
from django.views import View

from apps.associations.selectors import national_body
from apps.audit.selectors import lock_is_on
from apps.audit.services import record
from apps.certificates.selectors import seals_below_their_level, shared_stamps_waiting
from apps.certificates.services import try_sealing
from apps.core import clock
from apps.core.access import PUBLIC
from apps.core.actor import Actor
from apps.outbox.selectors import backlog

logger = logging.getLogger(__name__)


class AliveView(View):
    access = PUBLIC

    def get(self, request):
        return _answer({"status": "alive"})


class ReadyView(View):
    """200 when everything works, 503 otherwise. What hangs on a person's decision (the audit lock, failed deliveries)
    or is made up for later (a time stamp) is told and does not take the portal out of service."""

    access = PUBLIC

    def get(self, request):
        works = {"database": _attempt(_write_and_roll_back), "broker": _attempt(_ask_broker)}
        told = {}
        if works["database"] == "ok":
            works["seal"] = _attempt(try_sealing)
            told = {
                "audit": "audit lock on" if lock_is_on() else "audit lock off",
                "outbox": backlog(now=clock.now()),
                "waiting_for_stamp": seals_below_their_level()["waiting"],
                "waiting_for_shared_stamp": shared_stamps_waiting()["documents"],
            }
        ready = "failed" not in works.values()
        return _answer({"status": "ready" if ready else "not ready", **works, **told}, status=200 if ready else 503)


def _attempt(do) -> str:
    try:
        return do() or "ok"
    except Exception:
        logger.exception("not ready")
        return "failed"


def _write_and_roll_back() -> None:
    """As a real act does: reads, writes the record; and leaves no trace."""
    with transaction.atomic():
        record(Actor.system("readyz"), "portal.checked", national_body(), now=clock.now())
        transaction.set_rollback(True)


def _ask_broker() -> None:
    if not settings.CELERY_TASK_ALWAYS_EAGER:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=3, socket_connect_timeout=3) as broker:
            broker.ping()


def _answer(content: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
