"""What other rooms may ask of accounts."""

from apps.accounts.services.accounts import account_for_email, add_sign_in_name, create_staff_account, lock_user
from apps.accounts.services.codes import CodeRefused, CodeRequest, redeem_code, request_code

__all__ = [
    "CodeRefused",
    "CodeRequest",
    "account_for_email",
    "add_sign_in_name",
    "create_staff_account",
    "lock_user",
    "redeem_code",
    "request_code",
]
