"""Take delivery reports (RFC 3464) as files, or one from standard input: for a mail server's alias.

cicpa-bounces: "|/srv/portal/bin/manage record_bounce"
"""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from apps.core import clock
from apps.mail.services import record_report


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *, files: list[Path], **options):
        reports = [file.read_bytes() for file in files] or [sys.stdin.buffer.read()]
        changed = sum(record_report(raw, now=clock.now()) for raw in reports)
        self.stdout.write(f"{len(reports)} read, {changed} messages changed")
