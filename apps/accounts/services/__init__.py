"""What other rooms may ask of accounts."""

from apps.accounts.services.accounts import (
    account_for_email,
    add_sign_in_name,
    create_staff_account,
    lock_user,
    name_account,
    remove_sign_in_name,
)
from apps.accounts.services.codes import (
    CodeRefused,
    CodeRequest,
    TooManyCodes,
    forget_old_codes,
    redeem_code,
    request_code,
)
from apps.accounts.services.limits import spend
from apps.accounts.services.proofs import ProofByCode
from apps.accounts.services.second_factor import confirm_totp_code, enrol_totp, present_totp_code
from apps.accounts.services.sessions import (
    SignInRefused,
    client_ip,
    has_second_factor,
    has_used_second_factor,
    safe_next_url,
    sign_in,
)

__all__ = [
    "CodeRefused",
    "CodeRequest",
    "ProofByCode",
    "SignInRefused",
    "TooManyCodes",
    "account_for_email",
    "add_sign_in_name",
    "client_ip",
    "confirm_totp_code",
    "create_staff_account",
    "enrol_totp",
    "forget_old_codes",
    "has_second_factor",
    "has_used_second_factor",
    "lock_user",
    "name_account",
    "present_totp_code",
    "redeem_code",
    "remove_sign_in_name",
    "request_code",
    "safe_next_url",
    "sign_in",
    "spend",
]
