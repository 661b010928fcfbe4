"""The role matrix, on one screen, and what follows from it."""

from apps.accounts.enums import NATIONAL_CODE, Permission, Role
from apps.core.actor import Actor

ROLE_MATRIX: dict[Role, frozenset[Permission]] = {
    Role.REVIEWER: frozenset(
        {
            Permission.REVIEW_APPLICATION,
            Permission.SEND_BATCH,
            Permission.SEE_REGISTRATIONS,
            Permission.REVIEW_REGISTRATION,
            Permission.IMPORT_PLATFORM_RESULTS,
            Permission.APPOINT_FIRM_HEADS,
            Permission.COMPARE_PHOTOS,
            Permission.IMPORT_PHOTOS,
            Permission.IMPORT_MEMBER_RECORDS,
        }
    ),
    Role.DIRECTOR: frozenset({Permission.SEE_REGISTRATIONS, Permission.EXTEND_REGISTRATION}),
    Role.RECHECKER: frozenset(
        {
            Permission.RECHECK_APPLICATION,
            Permission.DECIDE_APPEAL,
            Permission.ANSWER_TIPS,
            Permission.HANDLE_LETTERS,
        }
    ),
    Role.REGISTRAR: frozenset(
        {
            Permission.IMPORT_ROLL,
            Permission.IMPORT_MEMBERS,
            Permission.IMPORT_FIRMS,
            Permission.IMPORT_ALL_PHOTOS,
            Permission.MANAGE_RULES,
            Permission.RECORD_FACTS,
            Permission.ISSUE_CERTIFICATES,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Permission.GRANT_SEATS, Permission.MANAGE_SEAL_KEYS}),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
    Role.SECURITY: frozenset({Permission.OPERATE, Permission.MANAGE_SEAL_KEYS}),
}

OWN_ASSOCIATION = frozenset(
    {
        Permission.REVIEW_APPLICATION,
        Permission.SEND_BATCH,
        Permission.SEE_REGISTRATIONS,
        Permission.REVIEW_REGISTRATION,
        Permission.EXTEND_REGISTRATION,
        Permission.IMPORT_PLATFORM_RESULTS,
        Permission.APPOINT_FIRM_HEADS,
        Permission.COMPARE_PHOTOS,
        Permission.IMPORT_PHOTOS,
        Permission.IMPORT_MEMBER_RECORDS,
    }
)
"""Reach as far as the seat's own association; a reviewer at the national body sees only its own applicants.

Every other permission is national: it needs a seat at the national body and then reaches all associations.
"""

NATIONAL_ROLES = frozenset(role for role, permissions in ROLE_MATRIX.items() if not permissions & OWN_ASSOCIATION)

SEPARATE_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.SECURITY})
"""Nobody holds two of these at once (三员分立)."""


class _All:
    """The scope of a national permission: every association."""

    def __contains__(self, association_code) -> bool:
        return True

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "ALL"


ALL = _All()


def has_permission(actor: Actor, permission: str, association_code: str | None = None) -> bool:
    """Whether a seat gives the actor `permission` (at `association_code`, or anywhere where none is named)."""
    scope = association_scope(actor, permission)
    return bool(scope) if association_code is None else association_code in scope


def association_scope(actor: Actor, permission: str) -> _All | frozenset[str]:
    """Where the actor may use `permission`: ALL, or the codes of associations (none, for most people)."""
    codes = frozenset(
        seat.association_code for seat in actor.seats if permission in ROLE_MATRIX.get(seat.role, frozenset())
    )
    if permission in OWN_ASSOCIATION:
        return codes
    return ALL if NATIONAL_CODE in codes else frozenset()
