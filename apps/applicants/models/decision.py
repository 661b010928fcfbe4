"""What a decision rested on: the facts as they were, the rules as they stood, and what followed from both."""

from django.db import models

from apps.applicants.enums import Action
from apps.core.fields import EncryptedJSONField
from apps.core.models import Row
from apps.core.triggers import append_only

DECIDED_BY = (
    Action.AGREE,
    Action.REFUSE,
    Action.REQUEST_CORRECTION,
    Action.CONFIRM,
    Action.RETURN,
    Action.EXPIRE,
)


class Decision(Row):
    """Written once, with the decision itself. Nothing here is read to decide anything: it is what replay compares."""

    application = models.ForeignKey("applicants.Application", on_delete=models.PROTECT, related_name="decisions")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=24, choices=[(action, action.label) for action in DECIDED_BY])
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=120)
    actor_user_id = models.BigIntegerField(null=True)
    actor_person_id = models.UUIDField(null=True)
    rules = models.JSONField()
    """Each rule that was looked up: asked for which day and association, and the version that answered."""
    inputs = EncryptedJSONField()
    """{"facts": what the checklist read, "act": what the officer chose}."""
    derivation = EncryptedJSONField()
    """The lines that followed, in Chinese: key, outcome, clause, fact, source, sentence."""

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["application", "at", "id"], name="decision_of_case")]
