"""The checks, in the order in which a mistake is found soonest."""

import subprocess
import time
from dataclasses import dataclass

from launcher.installation import Installation
from launcher.progress import Trouble, say
from launcher.python_packages import ROOT, VENV

BIN = VENV / "bin"
SLOW = {"slow tests": "slow and not browser", "slow browser tests": "slow and browser"}
"""Apart, because a browser keeps an event loop in its process, and sealing wants one of its own."""


@dataclass
class Check:
    """`loud`: its output is shown as it comes; that of others only if they fail."""

    name: str
    command: list[str]
    environment: dict[str, str]
    loud: bool = False


def checks(options, installation: Installation) -> list[Check]:
    """All that apply to this tree."""
    environment = installation.environment() | {"PYTHONDONTWRITEBYTECODE": "1"}
    quiet = {**_style(), **_contracts(), **_django(), **_containers()}
    found = [Check(name, command, environment) for name, command in quiet.items()]
    return found + [Check(name, command, environment, loud=True) for name, command in _tests(options).items()]


def run_checks(all_checks: list[Check], *, only: list[str]) -> dict[str, bool]:
    """Run them all, also after a failure; the result of each by name."""
    if unknown := set(only) - {check.name for check in all_checks}:
        names = ", ".join(check.name for check in all_checks)
        raise Trouble(f"There is no check {', '.join(sorted(unknown))!r}. There are: {names}.")
    chosen = [check for check in all_checks if not only or check.name in only or check.name == "words"]
    return {check.name: _run(check) for check in chosen}


def _run(check: Check) -> bool:
    begun = time.monotonic()
    if check.loud:
        say(f"\n{check.name}: {' '.join(check.command[1:])}")
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=check.environment,
        stdin=subprocess.DEVNULL,
        capture_output=not check.loud,
        text=True,
    )
    passed = done.returncode == 0
    say(f"  {check.name:<18} {'passed' if passed else 'FAILED'}  {time.monotonic() - begun:6.1f} s")
    if not passed and not check.loud:
        say(f"\n{done.stdout}{done.stderr}")
    return passed


def _style() -> dict[str, list[str]]:
    return {
        "ruff": [str(BIN / "ruff"), "check", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "security": [str(BIN / "bandit"), "-q", "-lll", "-r", "apps", "cicpa_portal", "bin"],
    }


def _contracts() -> dict[str, list[str]]:
    """Who may import whom."""
    return {"floors": [str(BIN / "lint-imports")]}


def _django() -> dict[str, list[str]]:
    manage = [str(BIN / "python"), "manage.py"]
    return {
        "words": [*manage, "catalogues", "compile"],
        "english": [*manage, "catalogues", "check"],
        "system check": [*manage, "check"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
    }


def _containers() -> dict[str, list[str]]:
    schema = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    return {"dockerfile": [str(BIN / "hadolint"), "Dockerfile"], "compose": schema}


def _tests(options) -> dict[str, list[str]]:
    pytest = [str(BIN / "python"), "-m", "pytest"]
    if options.pytest:
        return {"tests": [*pytest, *options.pytest]}
    on_two_cores = [*pytest, "-q", "-n", "2"]
    in_any_order = [*on_two_cores, "--dist", "worksteal", "--durations=12"]
    found = {"tests": on_two_cores, "browser tests": [*in_any_order, "-m", "browser and not slow"]}
    if options.slow:
        found |= {name: [*in_any_order, "-m", which] for name, which in SLOW.items()}
    return found
