"""A new key for a body's seal. What the one before has sealed stays good; running processes notice by themselves."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from apps.associations.selectors import get_association
from apps.certificates.management.two_persons import add_persons, two_persons
from apps.certificates.services import make_next_specimen_key, rotate_seal_key
from apps.core import clock
from apps.core.errors import PortalError


class Command(BaseCommand):
    help = (
        "Bring the new key as BODY.next.p12 with BODY.next.pass into the seals folder (or BODY.next.pkcs11 with "
        "BODY.next.pem and BODY.next.pass), then run this. A demo or a test makes its own where none was brought."
    )

    def add_arguments(self, parser):
        parser.add_argument("body", help="code of the association, 000000 for the national body")
        add_persons(parser)

    def handle(self, *args, body, by, second, codes, **options):
        folder = Path(settings.SEALS_DIR)
        try:
            association = get_association(body)
            actors = two_persons(by, second, codes)
            if not settings.PRODUCTION and not list(folder.glob(f"{body}.next.*")):
                make_next_specimen_key(folder, body, association.name, now=clock.now())
            entry = rotate_seal_key(body, by=actors, now=clock.now())
        except ObjectDoesNotExist as error:
            raise CommandError(f"There is no body {body!r}. The codes are those of /associations/.") from error
        except PortalError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{association.name} seals with {entry.key_id[:16]} from now on. Keep a copy of its files.")
