"""Papers come to an application, and go again as long as it is a draft."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import AttachmentKind, State
from apps.applicants.models import Application, Attachment
from apps.applicants.policies import can_type
from apps.applicants.selectors.attachments import MOST_OF_A_KIND
from apps.applicants.services.steps import lock_application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.documents.services import forget_upload, take_in


@transaction.atomic
def add_attachment(*, actor: Actor, application_id, kind: str, upload, now: datetime) -> Attachment:
    """Take a paper in: into a draft, or while a correction waits for its answer.

    Raises UploadRefused for what cannot be used, RequirementsMissing beyond the fifth of a kind.
    """
    application = lock_application(application_id)
    if not can_type(actor, application):
        raise NotPermitted
    if application.attachments.filter(kind=kind).count() >= MOST_OF_A_KIND:
        raise RequirementsMissing([_("每一种材料最多 5 个文件。请先移除不需要的，或把几页合成一个 PDF。")])
    taken = take_in(upload=upload, data_key=application.data_key, purpose="application.attachment", now=now)
    attachment = Attachment.objects.create(
        application=application, kind=AttachmentKind(kind), upload=taken, added_at=now
    )
    _changed(application, now)
    record(actor, "attachment.added", application, after={"kind": kind}, case=application.reference or "", now=now)
    return attachment


@transaction.atomic
def remove_attachment(*, actor: Actor, application_id, attachment_id, now: datetime) -> None:
    """Of a draft: whatever its state, with all that was made of it. A second call changes nothing.

    Of a case under way only what could not be used, or is not checked yet, goes: the rest is evidence.
    """
    application = lock_application(application_id)
    if not can_type(actor, application):
        raise NotPermitted
    attachment = application.attachments.select_related("upload").filter(pk=attachment_id).first()
    if attachment is None:
        return
    if application.state != State.DRAFT and attachment.upload.file_id is not None:
        raise RequirementsMissing([_("已经提交的材料不能移除。需要替换时，请再上传一份。")])
    upload, kind = attachment.upload, attachment.kind
    attachment.delete()
    forget_upload(upload)
    _changed(application, now)
    record(actor, "attachment.removed", application, after={"kind": kind}, case=application.reference or "", now=now)


def _changed(application: Application, now: datetime) -> None:
    """A draft's other windows learn that something is new; of a case under way the version stays, so that the answer
    to a correction that stands open in another window is still taken."""
    application.changed_at = now
    if application.state == State.DRAFT:
        application.version += 1
    application.save(update_fields=["changed_at", "version"])
