from apps.registrations.models.gaps import Gap, GapList
from apps.registrations.models.platform import PlatformResult
from apps.registrations.models.registration import Registration, Step

__all__ = ["Gap", "GapList", "PlatformResult", "Registration", "Step"]
