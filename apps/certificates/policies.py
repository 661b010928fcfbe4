"""Who may have a certificate, and who may change the keys behind the seals."""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.certificates.enums import CertificateState
from apps.core.actor import Actor
from apps.members.selectors import is_void, memberships_of_user


def can_download_certificate(actor: Actor, certificate) -> bool:
    """Only the member it speaks of, and only the one in force; nothing of an admission that was undone."""
    if not actor.is_signed_in or certificate.state != CertificateState.ISSUED:
        return False
    own = {membership.pk for membership in memberships_of_user(actor.user_id)}
    return certificate.membership_id in own and not is_void(certificate.membership)


def can_manage_seal_keys(actor: Actor) -> bool:
    return actor.second_factor and has_permission(actor, Permission.MANAGE_SEAL_KEYS)


def are_two_persons(first: Actor, second: Actor) -> bool:
    """Two natural persons: one human with two accounts is one."""
    known = first.person_id is not None and second.person_id is not None
    return known and first.person_id != second.person_id and first.user_id != second.user_id


def can_issue_in_bulk(actor: Actor) -> bool:
    """The national registrar; the portal itself, when a key was compromised or an operator commands it."""
    return actor.is_system or has_permission(actor, Permission.ISSUE_CERTIFICATES)
