"""The keys that sign the tokens in QR codes: show them, rotate, revoke."""

from django.core.management.base import BaseCommand, CommandError

from apps.certificates.enums import RunScope
from apps.certificates.models import TokenKey
from apps.certificates.selectors import memberships_with_revoked_tokens, token_keys
from apps.certificates.services import revoke_token_key, rotate_token_key, start_run
from apps.core import clock
from apps.core.actor import Actor
from apps.core.errors import PortalError

OPERATOR = Actor.system("command.token_keys")


class Command(BaseCommand):
    help = (
        "`token_keys` lists the keys. `token_keys rotate` makes a new one; what the one before has signed stays good. "
        "`token_keys revoke KEY_ID`, for a key that somebody else may have: nothing that it signed is good any more, "
        "and the certificates concerned are issued again."
    )

    def add_arguments(self, parser):
        parser.add_argument("act", nargs="?", choices=["list", "rotate", "revoke"], default="list")
        parser.add_argument("key_id", nargs="?")

    def handle(self, *args, act, key_id, **options):
        try:
            getattr(self, f"_{act}")(key_id)
        except PortalError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"SEALS_DIR cannot be written: {error}") from error
        except TokenKey.DoesNotExist as error:
            raise CommandError(f"There is no key {key_id!r}. `manage.py token_keys` lists them.") from error

    def _list(self, _key_id):
        for key in token_keys():
            since = key.revoked_at or key.retired_at or key.activated_at
            mark = " SPECIMEN" if key.is_specimen else ""
            self.stdout.write(f"{key.key_id} {key.state} since {since:%Y-%m-%d %H:%M} UTC{mark}")

    def _rotate(self, _key_id):
        key = rotate_token_key(actor=OPERATOR, now=clock.now())
        self.stdout.write(f"{key.key_id} signs from now on. Keep a copy of its file in SEALS_DIR.")

    def _revoke(self, key_id):
        if not key_id:
            raise CommandError("Say which key: `manage.py token_keys revoke KEY_ID`.")
        revoke_token_key(key_id, actor=OPERATOR, now=clock.now())
        self.stdout.write(f"{key_id} is revoked.")
        if memberships_with_revoked_tokens().exists():
            reason = f"The key {key_id}, which signed the QR codes, was revoked."
            run = start_run(actor=OPERATOR, scope=RunScope.TOKEN_KEY, target=key_id, reason=reason, now=clock.now())
            self.stdout.write(f"{run.total} certificates are being issued again; `issue_again` shows how far it is.")
