from apps.registrations.models.gaps import Gap, GapList, GapReminder
from apps.registrations.models.platform import PlatformResult
from apps.registrations.models.registration import Registration, Step

__all__ = ["Gap", "GapList", "GapReminder", "PlatformResult", "Registration", "Step"]
