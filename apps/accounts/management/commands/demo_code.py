"""Print the present authenticator code of a demo account. Refused in production."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from apps.accounts.services import has_second_factor, present_totp_code
from apps.core import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("user", help="e-mail address or name of the account")

    def handle(self, *args, user, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "demo_code works in the demo and in tests only; production shows nobody's second factor."
            )
        found = list(get_user_model().objects.filter(Q(email=user.lower()) | Q(display_name=user))[:2])
        if len(found) != 1:
            raise CommandError(f"There is {'no' if not found else 'more than one'} account {user!r}; give its e-mail.")
        if not has_second_factor(found[0]):
            raise CommandError(f"{user} has not set up an authenticator yet.")
        self.stdout.write(present_totp_code(found[0], now=clock.now()))
