"""Applying again after a case has ended: nothing is typed twice, everything is looked at again."""

import logging
from datetime import datetime

from django.db import transaction

from apps.applicants.enums import Field
from apps.applicants.models import Application, Attachment
from apps.applicants.policies import is_applicant
from apps.applicants.selectors.attachments import attachments_of
from apps.applicants.selectors.progress import STOPPED_STATES
from apps.applicants.services.drafts import create_draft, draft_of, store_picture
from apps.applicants.services.steps import lock_application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, TransitionRefused
from apps.documents.enums import UploadState
from apps.documents.services import FileDamaged, carry_over, read_file

logger = logging.getLogger(__name__)

NOT_CARRIED = frozenset({"typed", Field.DECLARATIONS.value})
"""Declarations are about today: they are made anew."""


@transaction.atomic
def begin_again(*, actor: Actor, application_id, language: str, now: datetime) -> Application:
    """A draft with answers, photo and papers of a case that ended without admission, under a key of its own.

    A draft that the account has begun already is left as it is. Raises TransitionRefused for a case that goes on.
    """
    earlier = lock_application(application_id)
    if not is_applicant(actor, earlier):
        raise NotPermitted
    if earlier.state not in STOPPED_STATES:
        raise TransitionRefused
    if draft := draft_of(actor):
        return draft
    draft = create_draft(actor, language, now)
    draft.answers = {name: value for name, value in earlier.answers.items() if name not in NOT_CARRIED}
    if earlier.photo_id:
        draft.photo = store_picture(draft, read_file(earlier.photo), now=now)
        draft.photo_from_roll = earlier.photo_from_roll
    papers = _carry_papers(earlier, draft, now=now)
    draft.version += 1
    draft.save()
    record(actor, "application.begun_again", draft, now=now, after={"earlier": earlier.reference, "papers": papers})
    return draft


def _carry_papers(earlier: Application, draft: Application, *, now: datetime) -> list[str]:
    """What was clean comes along under its kind and can be taken out of the draft again; returns the kinds. A paper
    whose file is damaged is left out: the draft asks for it anew."""
    carried = []
    for paper in attachments_of(earlier):
        if paper.upload.state != UploadState.CLEAN:
            continue
        try:
            upload = carry_over(paper.upload, data_key=draft.data_key, now=now)
        except FileDamaged:
            logger.exception("paper %s of an earlier case", paper.pk)
            continue
        Attachment.objects.create(application=draft, kind=paper.kind, upload=upload, added_at=now)
        carried.append(paper.kind)
    return carried
