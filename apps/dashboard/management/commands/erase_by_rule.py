"""Erase what rules no longer let us keep, as every night; with --dry-run only say what would go."""

from django.core.management.base import BaseCommand

from apps.core import clock
from apps.core.actor import Actor
from apps.dashboard.services import due_by_rule, erase_all_by_rule


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="erase nothing; say how many rows would go")

    def handle(self, *, dry_run: bool, **options):
        if dry_run:
            counts = due_by_rule(now=clock.now())
        else:
            counts = erase_all_by_rule(actor=Actor.system("manage"), now=clock.now())
        for what, number in counts.items():
            self.stdout.write(f"{what}: {number} {'would go' if dry_run else 'erased'}")
