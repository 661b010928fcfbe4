"""Waiting no longer than a given time for something outside this process."""

import threading
from collections.abc import Callable
from typing import Any


def within(seconds: float, do: Callable[[], Any]) -> Any:
    """What `do` returns or raises; TimeoutError after `seconds`, even where a service sends a byte now and then."""
    done: list = []

    def work():
        try:
            done.append((do(), None))
        except Exception as failure:  # handed to the one who waits
            done.append((None, failure))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    if not done:
        raise TimeoutError
    (answer, failure), *_ = done
    if failure is not None:
        raise failure
    return answer
