"""Invented facts about invented people."""

from datetime import date

from apps.accounts.enums import Role
from apps.core.clock import now as present
from apps.standing.enums import FactGround
from apps.standing.services import FactEntry, record_fact
from tests.factories.accounts import make_actor


def make_fact(*, actor=None, now=None, **changes):
    """Zhang Wei, revoked on 10 June 2023, unless said otherwise."""
    values = {
        "ground": FactGround.REVOKED,
        "name": "章伟",
        "decided_on": date(2023, 6, 10),
        "document": "财会〔2023〕12号",
        "source": "浙江省注册会计师协会",
    }
    entry = FactEntry(**values | changes)
    return record_fact(actor=actor or make_actor(Role.REGISTRAR), entry=entry, now=now or present())
