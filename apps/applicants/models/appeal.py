"""An appeal inside the associations: decided by people who had no part in the case."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.applicants.enums import AppealState
from apps.applicants.workflow import APPEAL
from apps.core.fields import EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import guard_states

NO_PART = """
    IF EXISTS (
        SELECT 1 FROM applicants_step step
        LEFT JOIN people_userlink link ON link.user_id = step.actor_user_id
        WHERE step.application_id = NEW.application_id
        AND (step.actor_user_id = NEW.decided_by_id OR link.person_id = NEW.decided_by_person_id)
    ) THEN
        RAISE EXCEPTION 'portal: who had part in a case does not decide its appeal';
    END IF;
    RETURN NEW;
"""


class Appeal(Row):
    """Against a refusal or a lapse, which `against_at` names: each can be appealed once."""

    application = models.ForeignKey("applicants.Application", on_delete=models.PROTECT, related_name="appeals")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.FILED)
    against_at = models.DateTimeField()
    against_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    """Who refused; a lapse was nobody's decision."""
    reason_code = models.CharField(max_length=60, blank=True)
    """Of the refusal: the case itself forgets it when it is opened again."""
    grounds = EncryptedTextField()
    filed_at = models.DateTimeField()
    decide_by = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answer = EncryptedTextField(null=True)
    """Why it was decided so, in the words that the applicant and the association read."""

    class Meta:
        triggers = [
            *guard_states(APPEAL),
            pgtrigger.Trigger(
                name="decided_by_who_had_no_part",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__decided_by__isnull=False),
                func=NO_PART,
            ),
        ]
        indexes = [models.Index(fields=["state", "decide_by", "id"], name="appeal_by_deadline")]
        constraints = [
            models.UniqueConstraint(fields=["application", "against_at"], name="each_decision_appealed_once"),
            models.CheckConstraint(
                name="decided_appeal_has_author_and_answer",
                condition=Q(
                    state=AppealState.FILED,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    decided_by_person__isnull=True,
                    answer__isnull=True,
                )
                | Q(
                    ~Q(state=AppealState.FILED),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decided_by_person__isnull=False,
                    answer__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="appeal_is_not_decided_by_who_refused",
                condition=Q(against_by_person__isnull=True)
                | Q(decided_by_person__isnull=True)
                | ~Q(decided_by_person=F("against_by_person")),
            ),
        ]
