from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from apps.accounts.enums import SignInKind
from apps.accounts.models import SignInName
from apps.accounts.selectors import user_by_sign_in_name
from apps.accounts.services import (
    account_for_email,
    add_sign_in_name,
    create_staff_account,
    enrol_totp,
    present_totp_code,
)
from apps.audit.selectors import records_of
from apps.core.clock import now as present
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def test_account_of_an_address_is_made_once_without_a_password():
    user = account_for_email(email="Li.Na@Example.org", language="en", now=present())
    assert account_for_email(email="li.na@example.org", language="zh-hans", now=present()) == user
    assert not user.has_usable_password()
    address = EmailAddress.objects.get(user=user)
    assert address.verified
    assert address.primary
    assert [r.action for r in records_of("accounts.user", user.pk)] == ["account.created"]


@pytest.mark.django_db(transaction=True)
def test_account_is_made_once_by_parallel_requests():
    def make(_):
        try:
            return account_for_email(email="li.na@example.org", language="en", now=present()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(make, range(6)))) == 1


def test_database_refuses_capitals_in_an_address():
    with pytest.raises(IntegrityError), transaction.atomic():
        get_user_model().objects.create(email="Li@example.org")


def test_member_number_becomes_a_sign_in_name_of_its_own_kind():
    user = make_user()
    add_sign_in_name(user_id=user.pk, kind=SignInKind.PRACTISING_NUMBER, value="330000010001", now=present())
    add_sign_in_name(user_id=user.pk, kind=SignInKind.PRACTISING_NUMBER, value="3300 0001 0001", now=present())
    assert SignInName.objects.count() == 1
    assert user_by_sign_in_name(SignInKind.PRACTISING_NUMBER, "３３００ 0001 0001") == user
    assert user_by_sign_in_name(SignInKind.NON_PRACTISING_NUMBER, "330000010001") is None
    assert user_by_sign_in_name(SignInKind.EMAIL, "LI.NA@example.org ") == user


def test_number_of_another_account_is_refused():
    first, second = make_user("one@example.org"), make_user("two@example.org")
    add_sign_in_name(user_id=first.pk, kind=SignInKind.PRACTISING_NUMBER, value="330000010001", now=present())
    with pytest.raises(ValueError, match="another account"):
        add_sign_in_name(user_id=second.pk, kind=SignInKind.PRACTISING_NUMBER, value="330000010001", now=present())


def test_inactive_account_is_not_found_by_its_names():
    user = make_user(is_active=False)
    assert user_by_sign_in_name(SignInKind.EMAIL, user.email) is None


@pytest.mark.parametrize("password", ["456789", "password123", "1234567890", "officer@example", "short"])
def test_common_short_numeric_and_similar_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        create_staff_account(email="officer@example.org", display_name="王", password=password, now=present())


def test_authenticator_secret_is_sealed_and_demo_code_prints_its_code(capsys):
    user = create_staff_account(
        email="officer@example.org", display_name="浙江经办", password="seven-quiet-lakes", now=present()
    )
    secret = enrol_totp(user, now=present())
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert len(secret) == 32
    for name in ("officer@example.org", "浙江经办"):
        call_command("demo_code", name)
        assert len(capsys.readouterr().out.strip()) == 6


def test_demo_code_is_refused_in_production_and_for_unknown_accounts(settings):
    user = make_user()
    enrol_totp(user, now=present())
    with pytest.raises(CommandError, match="no account"):
        call_command("demo_code", "nobody@example.org")
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo_code", user.email)
    with pytest.raises(PermissionError):
        present_totp_code(user, now=present())
