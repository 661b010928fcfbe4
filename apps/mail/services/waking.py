"""After a commit somebody must look at what is queued."""

import logging

from apps.core import clock

logger = logging.getLogger(__name__)

SENT_HERE_AT_MOST = 3
"""Of the oldest waiting messages, while the broker is gone: the visitor waits for them."""


def wake_worker(*, urgent: bool = False) -> None:
    """If the broker is gone, no worker hears of the message and no sweep runs: send it here, so that codes arrive."""
    from apps.mail.tasks import send_due, send_urgent

    try:
        (send_urgent if urgent else send_due).delay()
    except Exception:
        logger.warning("the broker does not answer; sending at once", exc_info=True)
        _send_here()


def _send_here() -> None:
    from apps.mail.services.delivery import send_due as deliver_due

    try:
        deliver_due(clock=clock.now, limit=SENT_HERE_AT_MOST)
    except Exception:
        logger.warning("not sent at once; the sweep will send", exc_info=True)
