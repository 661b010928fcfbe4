"""A seal key that may have been in other hands: its seals count only where a time stamp from before speaks for them."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError

from apps.certificates.enums import Document
from apps.certificates.management.two_persons import add_persons, two_persons
from apps.certificates.selectors import registered_seal_keys
from apps.certificates.selectors.seals import sealed_without_word
from apps.certificates.services import mark_compromised
from apps.core import clock
from apps.core.clock import BEIJING
from apps.core.errors import PortalError


class Command(BaseCommand):
    help = (
        "Marks the key. Then run `rotate_seal_key` for its body, if it was in use, and `issue_again seal_key KEY_ID` "
        "for what it has sealed. Keys are listed by `seal_keys` and at /verify/keys.json."
    )

    def add_arguments(self, parser):
        parser.add_argument("key_id", help="the key's id, or its first eight characters or more")
        parser.add_argument(
            "--since", required=True, help="when it may have left our hands, Beijing time: 2026-11-20T09:00"
        )
        add_persons(parser)

    def handle(self, *args, key_id, since, by, second, codes, **options):
        key = _the_key(key_id)
        try:
            actors = two_persons(by, second, codes)
            entry = mark_compromised(key.key_id, since=_moment(since), by=actors, now=clock.now())
        except PortalError as error:
            raise CommandError(str(error)) from error
        without_word = sealed_without_word(entry.key_id)
        letters = without_word.filter(document=Document.LETTER).count()
        self.stdout.write(
            f"{entry.key_id[:16]} is marked: {without_word.count()} documents have no stamp from before and must be "
            f"re-issued. {letters} of them are letters: those in force are made anew by themselves once another key "
            "seals; `reissue_letters` shows how far they are."
        )
        self.stdout.write(f"Next: rotate_seal_key {entry.association_id}, where this key was in use; then")
        self.stdout.write(f"issue_again seal_key {entry.key_id} --reason '…'")


def _the_key(key_id: str):
    found = list(registered_seal_keys().filter(key_id__startswith=key_id.lower())[:2]) if len(key_id) >= 8 else []
    if len(found) != 1:
        raise CommandError(
            f"No single key begins with {key_id!r}. `seal_keys` lists them; give eight characters or more."
        )
    return found[0]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is no time. Write it as 2026-11-20T09:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
