"""Make the installation's first administrator: an account without a password, and a mail that says how to begin."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from apps.associations.services import FirstAdministratorExists, make_first_administrator
from apps.core import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--email", help="asked for where it is not given")
        parser.add_argument("--name", help="as colleagues see it; asked for where it is not given")

    def handle(self, *args, email, name, **options):
        email = (email or input("E-mail address of the first administrator: ")).strip()
        name = (name or input("Name, as colleagues see it: ")).strip()
        try:
            validate_email(email)
            make_first_administrator(email=email, display_name=name, language=settings.LANGUAGE_CODE, now=clock.now())
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address, such as li.na@example.com.") from error
        except FirstAdministratorExists as error:
            raise CommandError("There is an administrator already; seats are granted by administrators.") from error
        self.stdout.write(f"{email} is the administrator. A mail to this address says how to sign in.")
