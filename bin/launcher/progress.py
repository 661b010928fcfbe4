"""What the person at the console sees: a short line for each thing that takes time, plain sentences for trouble."""

import contextlib
import sys
import time

_started = time.monotonic()


class Trouble(Exception):
    """Something that the person at the console can mend; the message says how."""


def say(text: str) -> None:
    """To standard error, so that what a management command prints stays clean."""
    print(text, file=sys.stderr, flush=True)


def complain(text: str) -> None:
    say(f"\n{text}" if "\n" not in text else f"\n{text}\n")


@contextlib.contextmanager
def step(what: str):
    """`  what …` at once, `done in n s` when it is over."""
    begun = time.monotonic()
    print(f"  {what} … ", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - begun:.1f} s")


def elapsed() -> float:
    """Seconds since the command was given."""
    return time.monotonic() - _started
