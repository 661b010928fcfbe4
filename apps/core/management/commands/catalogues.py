"""The English words of each room: `update` takes in new Chinese, `check` finds what is missing, `compile` makes .mo.

Each takes rooms (app names, or `portal` for what belongs to no app); without any, all of them.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core.catalogues.files import clashes, compile_catalogue, merge, problems
from apps.core.catalogues.rooms import catalogue_path, room_files
from apps.core.catalogues.words import words_in


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("work", choices=["update", "check", "compile"])
        parser.add_argument("rooms", nargs="*")

    def handle(self, *, work, rooms, **options):
        files = room_files(settings.BASE_DIR)
        if unknown := set(rooms) - set(files):
            raise CommandError(f"no such room: {', '.join(sorted(unknown))}")
        getattr(self, f"_{work}")({room: files[room] for room in rooms or files})

    def _update(self, files):
        for room, sources in files.items():
            path, found = catalogue_path(settings.BASE_DIR, room), words_in(sources, settings.BASE_DIR)
            if found:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(merge(path, found))
            else:
                path.unlink(missing_ok=True)
            self.stdout.write(f"{room}: {len(found)} messages")

    def _check(self, files):
        lines = []
        for room, sources in files.items():
            found = words_in(sources, settings.BASE_DIR)
            lines += problems(catalogue_path(settings.BASE_DIR, room), found)
        lines += clashes(catalogue_path(settings.BASE_DIR, room) for room in room_files(settings.BASE_DIR))
        if lines:
            self.stderr.write("\n".join(lines))
            raise CommandError(f"{len(lines)} words are not ready in English. `catalogues update` takes them in.")

    def _compile(self, files):
        for room in files:
            path = catalogue_path(settings.BASE_DIR, room)
            if path.exists() and compile_catalogue(path):
                self.stdout.write(f"{room}: compiled")
