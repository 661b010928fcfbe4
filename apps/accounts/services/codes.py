"""One-time codes: six digits by mail, ten minutes, five guesses that parallel tries cannot stretch.

Known and unknown addresses cost the same work and get the same answer: a row and a mail either way. Only the
mail's own words differ, and those are read by the owner of the address alone.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import CodePurpose
from apps.accounts.models import MAX_GUESSES, OneTimeCode
from apps.accounts.selectors import NOBODYS_DOMAIN, normalise_email, user_by_email
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.encryption import blind_index
from apps.core.errors import PortalError
from apps.core.models import new_id
from apps.mail.services import send_mail

LIFETIME = timedelta(minutes=10)
WINDOW = timedelta(hours=1)
PER_ADDRESS_AND_IP = 5
PER_ADDRESS = 20
PER_IP = 60
"""An attacker at one address of the network uses up its own allowance, not the victim's."""


class CodeRefused(PortalError):
    """`attempts_left` is None where no further guess at this code is possible."""

    code = "code_refused"
    message = _("验证码不正确。请核对邮件中的六位数字后重新输入，例如 048217。")

    def __init__(self, message=None, attempts_left: int | None = None):
        self.attempts_left = attempts_left
        super().__init__(message)


class TooManyCodes(CodeRefused):
    code = "too_many_codes"
    message = _("一小时内已经发送了多次验证码。请使用最近一封邮件中的验证码，或在一小时后重新获取。")


@dataclass(frozen=True)
class CodeRequest:
    """What the page needs to go on. Keep `id` in the session: then nobody else's guesses touch this code."""

    id: UUID
    email: str
    expires_at: datetime


def request_code(
    *,
    purpose: str,
    email: str,
    language: str,
    now: datetime,
    case: str = "",
    ip: str = "",
    known: bool | None = None,
) -> CodeRequest:
    """Send a code to an address. Raises TooManyCodes beyond the hour's allowance.

    `known` False makes a code that never opens anything, and a mail that says that nothing belongs to this
    address; by default an address is known for signing in where it has an account, else always.
    """
    email = normalise_email(email)
    has_account = user_by_email(email) is not None
    if known is None:
        known = has_account or purpose != CodePurpose.SIGN_IN
    code = f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        row = _new_code(purpose, email, case, ip, now=now)
        _refuse_beyond_allowance(row, now=now)
        row.code_hash = _hash(row, code if known else secrets.token_hex())
        row.save(force_insert=True)
        of_case = case if known else ""  # what strangers ask for does not enter a case's history
        record(Actor.anonymous(), "code.sent", row, now=now, after={"purpose": purpose}, case=of_case)
        _write_mail(row, email, code, known=known, language=language, now=now)
    return CodeRequest(row.pk, email, row.expires_at)


def _write_mail(row: OneTimeCode, email: str, code: str, *, known: bool, language: str, now: datetime) -> None:
    send_mail(
        template="accounts/code" if known else "accounts/unknown_address",
        to=email,
        context={
            "code": code,
            "purpose_label": CodePurpose(row.purpose).label,
            "minutes": int(LIFETIME.total_seconds() // 60),
            "case": row.case,
        },
        language=language,
        purpose=f"code.{row.purpose}",
        now=now,
        case=row.case if known else "",
        is_secret=True,
        is_deliverable=not email.endswith(NOBODYS_DOMAIN),
    )


def redeem_code(
    *, purpose: str, email: str, code: str, now: datetime, case: str = "", request_id: UUID | str | None = None
) -> None:
    """Use up the code. Raises CodeRefused (message, attempts_left); a guess is counted even then.

    With `request_id` only that code is tried; without it the newest one for this purpose, address and case.
    Must not be called inside a transaction: the count of guesses would be rolled back with it.
    """
    with transaction.atomic(durable=True):
        row = _lock_code(purpose, normalise_email(email), case, request_id, now=now)
        refusal = _try(row, _digits(code), now=now)
    if refusal:
        raise refusal


def forget_old_codes(*, now: datetime) -> int:
    """Delete codes that count for no limit any more."""
    deleted, _by_model = OneTimeCode.objects.filter(created_at__lt=now - WINDOW, expires_at__lt=now).delete()
    return deleted


def _try(row: OneTimeCode | None, code: str, *, now: datetime) -> CodeRefused | None:
    if row is None:
        return CodeRefused(_("验证码已经过期或已经使用。请重新获取验证码。"))
    if row.guesses >= MAX_GUESSES:
        return CodeRefused(_("验证码已经输错五次，不能再用。请重新获取验证码。"))
    row.guesses += 1
    right = compare_digest(row.code_hash, _hash(row, code))
    row.used_at = now if right else None
    row.save(update_fields=["guesses", "used_at"])
    record(Actor.anonymous(), "code.used" if right else "code.refused", row, now=now, case=row.case if right else "")
    if right:
        return None
    left = MAX_GUESSES - row.guesses
    if not left:
        return CodeRefused(_("验证码已经输错五次，不能再用。请重新获取验证码。"))
    return CodeRefused(CodeRefused.message, attempts_left=left)


def _lock_code(purpose: str, email: str, case: str, request_id, *, now: datetime) -> OneTimeCode | None:
    rows = OneTimeCode.objects.select_for_update().filter(
        purpose=purpose, address_index=_address_index(email), case=case, used_at__isnull=True, expires_at__gt=now
    )
    if request_id is not None:
        rows = rows.filter(pk=request_id)
    return rows.order_by("-created_at", "-id").first()


def _new_code(purpose: str, email: str, case: str, ip: str, *, now: datetime) -> OneTimeCode:
    return OneTimeCode(
        id=new_id(),
        purpose=purpose,
        address_index=_address_index(email),
        ip_index=blind_index("code.ip", ip) if ip else "",
        case=case,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _refuse_beyond_allowance(row: OneTimeCode, *, now: datetime) -> None:
    """Counted in the database, so the limit holds when the cache is gone; one request an address at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [row.address_index])
    recent = OneTimeCode.objects.filter(created_at__gt=now - WINDOW)
    to_address = recent.filter(address_index=row.address_index)
    too_many = (
        to_address.filter(ip_index=row.ip_index).count() >= PER_ADDRESS_AND_IP
        or to_address.count() >= PER_ADDRESS
        or (row.ip_index and recent.filter(ip_index=row.ip_index).count() >= PER_IP)
    )
    if too_many:
        raise TooManyCodes


def _address_index(email: str) -> str:
    return blind_index("code.address", email)


def _hash(row: OneTimeCode, code: str) -> str:
    return blind_index("code.code", f"{row.pk}:{code}")


def _digits(text: str) -> str:
    """Full-width digits and spaces between groups are mended silently."""
    return "".join(str(int(c)) for c in text if c.isdecimal())[:6]
