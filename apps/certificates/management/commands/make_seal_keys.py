"""Make what is missing among the seal keys of a demo or a test. Existing keys are never replaced."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.associations.selectors import all_associations
from apps.certificates.services import make_specimen_keys
from apps.core import clock


class Command(BaseCommand):
    help = "Makes a test CA and one SPECIMEN seal key a body in the seals folder; never replaces a key."

    def add_arguments(self, parser):
        parser.add_argument("--algorithm", choices=["p256", "rsa"], default="p256")

    def handle(self, *args, algorithm="p256", **options):
        if settings.PRODUCTION:
            raise CommandError(
                f"Production takes no test keys. Bring a PKCS#12 file a body into {settings.SEALS_DIR}: "
                "<code>.p12, its passphrase in <code>.pass, and the trusted CA certificates in roots.pem."
            )
        bodies = [(association.code, association.name) for association in all_associations()]
        if not bodies:
            raise CommandError("There are no associations yet. Run `manage.py load_reference_data` first.")
        made = make_specimen_keys(Path(settings.SEALS_DIR), bodies, now=clock.now(), algorithm=algorithm)
        self.stdout.write(f"{len(made)} SPECIMEN seal keys made in {settings.SEALS_DIR}, {len(bodies)} bodies in all.")
