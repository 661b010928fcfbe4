"""Which files speak for which room."""

from pathlib import Path

PORTAL = "portal"
"""The room of everything that belongs to no app: the frame, the components, allauth's pages, the settings."""

SOURCES = {".py", ".html", ".txt"}


def room_files(base: Path) -> dict[str, list[Path]]:
    """Every source that may hold words, by room, in a stable order."""
    apps = {path.name for path in (base / "apps").iterdir() if (path / "__init__.py").is_file()}
    rooms: dict[str, list[Path]] = {room: [] for room in sorted(apps | {PORTAL})}
    for root in ("apps", "cicpa_portal", "templates"):
        for path in sorted((base / root).rglob("*")):
            if path.suffix in SOURCES and "migrations" not in path.parts:
                rooms[_room_of(path.relative_to(base), apps)].append(path)
    return rooms


def catalogue_path(base: Path, room: str) -> Path:
    return base / "locale" / room / "en" / "LC_MESSAGES" / "django.po"


def _room_of(path: Path, apps: set[str]) -> str:
    """`apps/<app>/…`, `templates/<app>/…`, `templates/emails/<app>/…`, `templates/documents/<app>/…`."""
    parts = path.parts[1:]
    if path.parts[0] == "templates" and parts[0] in {"emails", "documents"}:
        parts = parts[1:]
    return parts[0] if path.parts[0] != "cicpa_portal" and parts[0] in apps else PORTAL
