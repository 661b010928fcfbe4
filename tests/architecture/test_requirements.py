"""What the portal imports is what production installs: a package of the developers alone fails here, not there."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
OUR_OWN = {"apps", "cicpa_portal"}
LOCKED = {
    name.lower()
    for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", (BASE / "requirements.txt").read_text(), re.M)
}
DISTRIBUTIONS = packages_distributions()


def imported(path: Path) -> set[str]:
    """Top-level packages, also of imports inside functions; relative ones are our own."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


def is_locked(package: str) -> bool:
    names = {re.sub(r"[._-]+", "-", name).lower() for name in DISTRIBUTIONS.get(package, [])}
    return bool(names & {re.sub(r"[._-]+", "-", name) for name in LOCKED})


@pytest.mark.parametrize("root", sorted(OUR_OWN))
def test_production_installs_what_is_imported(root):
    packages = set().union(*(imported(path) for path in (BASE / root).rglob("*.py")))
    foreign = packages - OUR_OWN - set(sys.stdlib_module_names)
    assert "django" in foreign
    assert sorted(package for package in foreign if not is_locked(package)) == []


def test_package_of_the_developers_alone_is_found():
    assert is_locked("django")
    assert not is_locked("pytest")
