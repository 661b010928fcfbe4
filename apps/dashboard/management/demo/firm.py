"""The demo's firm: its head and an agent, each with a random password and an authenticator."""

import secrets
from datetime import datetime

from apps.accounts.services import create_staff_account, enrol_totp
from apps.core.actor import Actor
from apps.firms.enums import FirmRole
from apps.firms.selectors import get_firm
from apps.firms.services import appoint_head, name_agent

SYSTEM = Actor.system("demo")
PEOPLE = ((FirmRole.HEAD, "firm.head@example.org", "韩松"), (FirmRole.AGENT, "firm.agent@example.org", "叶青"))


def make_firm_people(firm_code: str, *, now: datetime) -> dict:
    """The firm and its accounts as demo-accounts.json shows them."""
    firm = get_firm(firm_code)
    accounts = [_make(firm, role, email, name, now=now) for role, email, name in PEOPLE]
    return {"code": firm.code, "name": firm.name, "association": firm.association_id, "accounts": accounts}


def _make(firm, role: FirmRole, email: str, name: str, *, now: datetime) -> dict:
    password = secrets.token_urlsafe(12)
    user = create_staff_account(email=email, display_name=name, password=password, now=now)
    seat = appoint_head if role == FirmRole.HEAD else name_agent
    seat(actor=SYSTEM, firm_id=firm.pk, email=email, name=name, language="zh-hans", now=now)
    secret = enrol_totp(user, now=now)
    return {"role": str(role), "email": email, "name": name, "password": password, "totp_secret": secret}
