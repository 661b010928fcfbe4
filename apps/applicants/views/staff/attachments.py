"""The papers of a case, page by page as pictures: nothing to download, nothing that acts."""

from apps.accounts.enums import Permission
from apps.applicants.views.attachments import page_response
from apps.applicants.views.staff.case import CaseDoor
from apps.core.access import Staff


class AttachmentPageView(CaseDoor):
    def get(self, request, reference, attachment_id, number):
        return page_response(self.load(), attachment_id, number)


class RecheckAttachmentPageView(AttachmentPageView):
    access = Staff(Permission.RECHECK_APPLICATION)
    door = "recheck"
