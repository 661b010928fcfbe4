"""bin/manage: a management command in the portal's surroundings, whether it is running or not."""

import subprocess

from launcher.installation import Installation
from launcher.lock import data_folder_lock
from launcher.python_packages import PYTHON, ROOT, require_python_packages
from launcher.servers import servers
from launcher.system_packages import TO_RUN, require_system_packages

AS_OWNER = {"migrate", "flush", "grant_application_role", "sqlflush", "pgtrigger"}
"""Commands for the role that owns the tables; all others have the application's rights and no more."""


def manage(arguments: list[str]) -> int:
    installation = Installation.from_environment()
    require_system_packages(TO_RUN)
    require_python_packages()
    if state := installation.running():
        for name in ("database_url", "owner_url", "redis_url"):
            setattr(installation, name, getattr(installation, name) or state[name])
        installation.port = state["port"]
        return _call(installation, arguments)
    with data_folder_lock(installation), servers(installation):
        return _call(installation, arguments)


def _call(installation: Installation, arguments: list[str]) -> int:
    as_owner = bool(AS_OWNER & set(arguments[:1]))
    status = _django(installation, arguments, as_owner=as_owner)
    if arguments[:1] == ["migrate"] and not status:
        status = _django(installation, ["grant_application_role"], as_owner=True)
    return status


def _django(installation: Installation, arguments: list[str], *, as_owner: bool) -> int:
    environment = installation.environment(as_owner=as_owner)
    try:
        return subprocess.run([str(PYTHON), str(ROOT / "manage.py"), *arguments], env=environment).returncode
    except KeyboardInterrupt:
        return 130
