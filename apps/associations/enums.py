from apps.accounts.enums import NATIONAL_CODE

__all__ = ["NATIONAL_CODE"]
