"""Role × permission × association: the matrix as a truth table."""

import pytest

from apps.accounts.enums import NATIONAL_CODE, Permission, Role
from apps.accounts.policies import ALL, OWN_ASSOCIATION, ROLE_MATRIX, association_scope, has_permission
from apps.core.actor import Actor
from tests.factories.accounts import make_actor

CODES = [NATIONAL_CODE, "110000", "330000", "440300"]
EXPECTED = {
    (Role.REVIEWER, Permission.REVIEW_APPLICATION): "own",
    (Role.REVIEWER, Permission.SEND_BATCH): "own",
    (Role.REVIEWER, Permission.SEE_REGISTRATIONS): "own",
    (Role.DIRECTOR, Permission.SEE_REGISTRATIONS): "own",
    (Role.REVIEWER, Permission.REVIEW_REGISTRATION): "own",
    (Role.REVIEWER, Permission.IMPORT_PLATFORM_RESULTS): "own",
    (Role.REVIEWER, Permission.APPOINT_FIRM_HEADS): "own",
    (Role.REVIEWER, Permission.COMPARE_PHOTOS): "own",
    (Role.REVIEWER, Permission.IMPORT_PHOTOS): "own",
    (Role.REVIEWER, Permission.IMPORT_MEMBER_RECORDS): "own",
    (Role.REGISTRAR, Permission.IMPORT_ALL_PHOTOS): "all",
    (Role.DIRECTOR, Permission.EXTEND_REGISTRATION): "own",
    (Role.RECHECKER, Permission.RECHECK_APPLICATION): "all",
    (Role.RECHECKER, Permission.DECIDE_APPEAL): "all",
    (Role.RECHECKER, Permission.ANSWER_TIPS): "all",
    (Role.RECHECKER, Permission.HANDLE_LETTERS): "all",
    (Role.REGISTRAR, Permission.IMPORT_ROLL): "all",
    (Role.REGISTRAR, Permission.IMPORT_MEMBERS): "all",
    (Role.REGISTRAR, Permission.IMPORT_FIRMS): "all",
    (Role.REGISTRAR, Permission.MANAGE_RULES): "all",
    (Role.REGISTRAR, Permission.RECORD_FACTS): "all",
    (Role.REGISTRAR, Permission.ISSUE_CERTIFICATES): "all",
    (Role.ADMINISTRATOR, Permission.GRANT_SEATS): "all",
    (Role.AUDITOR, Permission.READ_AUDIT): "all",
    (Role.SECURITY, Permission.OPERATE): "all",
    (Role.ADMINISTRATOR, Permission.MANAGE_SEAL_KEYS): "all",
    (Role.SECURITY, Permission.MANAGE_SEAL_KEYS): "all",
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("seat_code", CODES)
def test_permission_reaches_exactly_where_the_matrix_says(role, permission, seat_code):
    actor = make_actor((role, seat_code))
    reach = EXPECTED.get((role, permission))
    for code in CODES:
        may = (reach == "own" and code == seat_code) or (reach == "all" and seat_code == NATIONAL_CODE)
        assert has_permission(actor, permission, code) == may
    anywhere = reach == "own" or (reach == "all" and seat_code == NATIONAL_CODE)
    assert has_permission(actor, permission) == anywhere


def test_every_permission_belongs_to_a_role():
    assert set().union(*ROLE_MATRIX.values()) == set(Permission)


def test_scope_is_a_set_of_codes_for_own_association_and_all_for_national():
    actor = make_actor((Role.REVIEWER, "330000"), (Role.REVIEWER, "110000"), Role.RECHECKER)
    assert association_scope(actor, Permission.REVIEW_APPLICATION) == {"330000", "110000"}
    assert association_scope(actor, Permission.RECHECK_APPLICATION) is ALL
    assert association_scope(actor, Permission.IMPORT_ROLL) == frozenset()


@pytest.mark.parametrize("actor", [Actor.anonymous(), Actor.system("tick"), make_actor()])
@pytest.mark.parametrize("permission", Permission)
def test_nobody_without_a_seat_has_a_permission(actor, permission):
    assert not has_permission(actor, permission)


def test_own_association_permissions_are_given_by_no_national_role():
    for role, permissions in ROLE_MATRIX.items():
        assert not (permissions & OWN_ASSOCIATION and permissions - OWN_ASSOCIATION), role
