"""The desk: who handled a case from when, and an officer's own views of the work list."""

from django.conf import settings
from django.db import models

from apps.applicants.enums import Handling
from apps.core.models import Row
from apps.core.triggers import append_only


class OfficerChange(Row):
    """One change of a case's officer. `officer` has it from now on (nobody after a release), `previous` had it."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="officer_changes")
    kind = models.CharField(max_length=12, choices=Handling)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    previous = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=120)
    actor_user_id = models.BigIntegerField(null=True)

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["application", "at", "id"], name="officer_change_in_order")]


class SavedView(Row):
    """An officer's own view: `query` is the address's query string, in its canonical form."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="one_view_of_a_name"),
            models.CheckConstraint(name="view_has_a_name", condition=~models.Q(name="")),
        ]
