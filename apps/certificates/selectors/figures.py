"""How many certificates hold. A number only."""

from datetime import date

from django.db.models import Q

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.members.enums import CURRENT_STATUSES, MembershipStatus


def count_of_valid_certificates(*, on: date) -> int:
    """Those for which a check on that day says that they are valid: issued, and the membership in force. One query."""
    return Certificate.objects.filter(
        Q(membership__periods__valid_to__isnull=True) | Q(membership__periods__valid_to__gt=on),
        state=CertificateState.ISSUED,
        membership__periods__superseded_at__isnull=True,
        membership__periods__valid_from__lte=on,
        membership__periods__status__in=CURRENT_STATUSES - {MembershipStatus.SUSPENDED},
    ).count()
