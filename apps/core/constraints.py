"""The database's refusals, said in a sentence. The policies ask first; the constraints hold whoever writes."""

from collections.abc import Mapping
from contextlib import contextmanager

from django.db import IntegrityError, InternalError

from apps.core.errors import PortalError, TransitionRefused

Sentences = Mapping[str, tuple[type[PortalError], object]]


@contextmanager
def constraints_as_sentences(by_constraint: Sentences, by_trigger: Sentences | None = None):
    """Wrap a save that a constraint or a trigger may refuse: `by_constraint` by name, `by_trigger` by what it says.

    What is listed in neither is a fault of the program and stays an exception; the guard of states is always known.
    """
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in by_constraint:
            raise
        kind, sentence = by_constraint[name]
        raise kind(sentence) from error
    except InternalError as error:
        for words, (kind, sentence) in (by_trigger or {}).items():
            if words in str(error):
                raise kind(sentence) from error
        if "Invalid transition" not in str(error):
            raise
        raise TransitionRefused from error
