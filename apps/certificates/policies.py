"""Who may have a certificate."""

from apps.certificates.enums import CertificateState
from apps.core.actor import Actor
from apps.members.selectors import is_void, memberships_of_user


def can_download_certificate(actor: Actor, certificate) -> bool:
    """Only the member it speaks of, and only the one in force; nothing of an admission that was undone."""
    if not actor.is_signed_in or certificate.state != CertificateState.ISSUED:
        return False
    own = {membership.pk for membership in memberships_of_user(actor.user_id)}
    return certificate.membership_id in own and not is_void(certificate.membership)
