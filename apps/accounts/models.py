"""Accounts, the names under which they sign in, and one-time codes."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from apps.accounts.enums import CodePurpose, SignInKind
from apps.core.fields import BlindIndexField
from apps.core.models import Row

MAX_GUESSES = 5


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(email=username.lower())


class User(AbstractBaseUser):
    """An account. It has no user name: people sign in with e-mail or with the names that SignInName holds.

    A new account has an unusable password; nobody but its owner ever sets one.
    """

    email = models.EmailField(unique=True, null=True)
    display_name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=models.Q(email=Lower("email"))),
        ]

    def __str__(self):
        return self.display_name or self.email or f"#{self.pk}"

    def get_full_name(self):
        return self.display_name


class SignInName(Row):
    """A member number or phone under which an account signs in. Upper floors fill it; nobody below knows members."""

    kind = models.CharField(max_length=20, choices=SignInKind)
    value = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_names")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="sign_in_name_is_unique"),
            models.CheckConstraint(name="sign_in_name_is_not_email", condition=~models.Q(kind=SignInKind.EMAIL)),
        ]


class OneTimeCode(Row):
    """A code that was sent, never in plain: `code_hash` is keyed, so a copy of the database finds no code."""

    purpose = models.CharField(max_length=20, choices=CodePurpose)
    address_index = BlindIndexField()
    ip_index = BlindIndexField(blank=True)
    case = models.CharField(max_length=40, blank=True)
    code_hash = models.CharField(max_length=32)
    guesses = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="code_has_five_guesses", condition=models.Q(guesses__lte=MAX_GUESSES)),
            models.CheckConstraint(
                name="code_expires_after_creation", condition=models.Q(expires_at__gt=models.F("created_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["address_index", "created_at"], name="code_by_address"),
            models.Index(fields=["ip_index", "created_at"], name="code_by_ip"),
        ]
