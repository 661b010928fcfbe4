"""The two servers that the portal needs: ours, unless the environment names others."""

import contextlib
from collections.abc import Iterator

from launcher.installation import Installation
from launcher.postgres import APPLICATION, OWNER, Postgres
from launcher.valkey import Valkey


@contextlib.contextmanager
def servers(installation: Installation) -> Iterator[list[Postgres | Valkey]]:
    """Start those that DATABASE_URL and REDIS_URL do not replace; stop them in the opposite order."""
    with contextlib.ExitStack() as stack:
        started = []
        if not installation.database_url:
            postgres = Postgres(installation)
            stack.callback(postgres.stop)
            postgres.start()
            started.append(postgres)
            installation.database_url = postgres.url(APPLICATION)
            installation.owner_url = postgres.url(OWNER)
        if not installation.redis_url:
            valkey = Valkey(installation)
            stack.callback(valkey.stop)
            valkey.start()
            started.append(valkey)
            installation.redis_url = valkey.url
        yield started
