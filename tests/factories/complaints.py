"""Tips for tests."""

import secrets

from apps.accounts.enums import Role
from apps.complaints.services import Telling, give_tip
from apps.core.clock import now as present
from tests.factories.accounts import make_actor

TEXT = "证上的照片是一位男士，出示的人是一位女士。"


def make_tip(*, subject="photo", text=TEXT, picture=None, now=None, **said):
    telling = Telling(subject=subject, text=text, **said)
    return give_tip(telling, ticket=secrets.token_urlsafe(16), picture=picture, now=now or present())


def answerer(**who):
    return make_actor(Role.RECHECKER, **who)
