"""Acts that join rooms which do not know each other."""

from apps.dashboard.services.deliveries import retry_delivery
from apps.dashboard.services.erasing import RETAINED, due_by_rule, erase_all_by_rule

__all__ = ["RETAINED", "due_by_rule", "erase_all_by_rule", "retry_delivery"]
