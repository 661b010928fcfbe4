"""The rooms of each app (architecture.md): the same in every one, and nothing crosses a border but what may."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings

APPS = Path(settings.BASE_DIR) / "apps"
KERNEL = "core"
ROOMS = {
    "enums",
    "events",
    "workflow",
    "models",
    "policies",
    "selectors",
    "services",
    "forms",
    "serializers",
    "views",
    "api",
    "tasks",
    "handlers",
    "registry",
    "admin",
    "urls",
    "apps",
}
"""`registry`: who listens to what (outbox), who imports what (imports); filled by other apps' handlers."""
DJANGOS_OWN = {"migrations", "management", "templatetags", "reference", "adapters"}
DOORWAYS = {"services", "selectors", "policies", "enums", "events", "registry"}
CLOCK = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.today|date\.today|clock\.now|clock\.today)\(")
BELOW_THE_DOORS = {"models", "workflow", "policies", "selectors", "services", "forms", "enums", "events"}


def apps() -> list[Path]:
    return sorted(path for path in APPS.iterdir() if (path / "__init__.py").is_file())


def sources(app: Path) -> list[Path]:
    return [path for path in sorted(app.rglob("*.py")) if "migrations" not in path.parts]


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_app_has_no_room_that_others_do_not_have(app):
    if app.name == KERNEL:
        return
    rooms = {path.stem for path in app.iterdir() if not path.name.startswith("__")}
    assert rooms <= ROOMS | DJANGOS_OWN


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_app_is_entered_by_its_doorways_only(app):
    trespasses = []
    for path in sources(app):
        for line, module in imports_of(path):
            parts = module.split(".")
            foreign = parts[0] == "apps" and len(parts) > 1 and parts[1] not in {app.name, KERNEL}
            if foreign and (len(parts) < 3 or parts[2] not in DOORWAYS):
                trespasses.append(f"{path.relative_to(APPS)}:{line}: {module}")
    assert trespasses == []


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_time_is_given_by_the_doors(app):
    askers = [
        f"{path.relative_to(APPS)}:{number}"
        for path in sources(app)
        if path.relative_to(app).parts[0].removesuffix(".py") in BELOW_THE_DOORS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if CLOCK.search(line)
    ]
    assert askers == []


def test_nothing_is_called_after_its_lack_of_a_name():
    empty_names = {"utils", "helpers", "common", "misc"}
    assert [path for path in APPS.rglob("*.py") if path.stem in empty_names] == []


def test_every_migration_says_what_it_does():
    unnamed = re.compile(r"^\d{4}_(auto|alter|initial_\d|remove_|rename_.*_and_more|.*_and_more)")
    names = [path.stem for path in APPS.glob("*/migrations/0*.py")]
    assert names
    assert [name for name in names if unnamed.match(name)] == []


def test_psycopg_3_is_absent():
    """Where it is installed, Django takes it instead of psycopg2 without a word."""
    assert find_spec("psycopg") is None
