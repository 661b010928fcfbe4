"""How often one address of the network may do what costs work or could be used to search for people."""

from allauth.core.internal import ratelimit


def spend(request, *, action: str, rate: str):
    """Count one use of `action`; None where the allowance is used up. `rollback()` on the answer takes it back.

    `rate` as in "30/10m/ip". What a stranger uses up is the stranger's own, and the counters live in the cache: where
    that is gone, each process counts for itself (docs/decisions/0008).
    """
    return ratelimit.consume(request, app="portal", action=action, config={action: rate}, limit_get=True)
