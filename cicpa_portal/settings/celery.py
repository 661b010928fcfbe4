"""Celery as found by killing workers: late acknowledgement, bounded retries, everything repeatable."""

from celery.schedules import crontab

from cicpa_portal.settings.cache import REDIS_URL
from cicpa_portal.settings.mode import TESTING, env

_VISIBILITY = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 3,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}

CELERY_BROKER_URL = f"{REDIS_URL.rstrip('/')}/0"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = _VISIBILITY
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TASK_ALWAYS_EAGER = TESTING and not env.bool("PORTAL_REAL_WORKERS", False)
CELERY_TASK_ROUTES = {
    "mail.send_urgent": {"queue": "urgent", "priority": 0},
    "outbox.deliver_urgent": {"queue": "urgent", "priority": 6},
}
"""Workers are kept free for these, whatever the others are at; the others take them, too, when they are idle. A crowd
of wakings lies behind the mail; which delivery is first is decided by whoever looks."""
CELERY_TIMEZONE = "Asia/Shanghai"

# Every tick is harmless when doubled; the work lists are rows in PostgreSQL.
CELERY_BEAT_SCHEDULE = {
    "deliver-urgent-events": {"task": "outbox.deliver_urgent", "schedule": 2.0},
    "send-urgent-mail": {"task": "mail.send_urgent", "schedule": 5.0},
    "deliver-events": {"task": "outbox.deliver_due", "schedule": 5.0},
    "forget-codes": {"task": "accounts.forget_old_codes", "schedule": 3600.0},
    "send-mail": {"task": "mail.send_due", "schedule": 10.0},
    "check-uploads": {"task": "documents.check_due_uploads", "schedule": 10.0},
    "repair-seals": {"task": "certificates.repair_seals", "schedule": 60.0},
    "share-stamps": {"task": "certificates.share_stamps", "schedule": 60.0},
    "reissue-letters": {"task": "letters.reissue_due", "schedule": 60.0},
    "work-on-imports": {"task": "imports.work_on_due", "schedule": 10.0},
}
CELERY_BEAT_SCHEDULE["send-open-batches"] = {
    "task": "applicants.send_open_batches",
    "schedule": crontab(hour=18, minute=0),
}
CELERY_BEAT_SCHEDULE["recompute-checks"] = {
    "task": "applicants.recompute_checks",
    "schedule": crontab(hour=1, minute=0),
}
CELERY_BEAT_SCHEDULE["expire-corrections"] = {
    "task": "applicants.expire_corrections",
    "schedule": crontab(hour=0, minute=30),
}
CELERY_BEAT_SCHEDULE["remind-applicants"] = {
    "task": "applicants.remind_applicants",
    "schedule": crontab(hour=9, minute=0),
}
CELERY_BEAT_SCHEDULE["erase-old-drafts"] = {
    "task": "applicants.erase_old_drafts",
    "schedule": crontab(hour=1, minute=0),
}
CELERY_BEAT_SCHEDULE["expire-registration-gaps"] = {
    "task": "registrations.expire_gaps",
    "schedule": crontab(hour=0, minute=40),
}
CELERY_BEAT_SCHEDULE["remind-of-registration-gaps"] = {
    "task": "registrations.remind_of_gaps",
    "schedule": crontab(hour=9, minute=10),
}
CELERY_BEAT_SCHEDULE["work-on-certificate-runs"] = {"task": "certificates.work_on_runs", "schedule": 10.0}
CELERY_BEAT_SCHEDULE["retry-names"] = {"task": "certificates.retry_names", "schedule": crontab(minute=25)}
CELERY_BEAT_SCHEDULE["erase-by-rule"] = {"task": "dashboard.erase_by_rule", "schedule": crontab(hour=2, minute=10)}
CELERY_BEAT_SCHEDULE["forget-old-archives"] = {
    "task": "imports.forget_old_archives",
    "schedule": crontab(hour=2, minute=20),
}
CELERY_BEAT_SCHEDULE["forget-roll-photos"] = {
    "task": "applicants.forget_roll_photos",
    "schedule": crontab(hour=2, minute=30),
}
CELERY_BEAT_SCHEDULE["sweep-files"] = {"task": "documents.sweep_files", "schedule": crontab(hour=3, minute=40)}
