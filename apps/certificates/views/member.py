"""The member fetches the certificate."""

from urllib.parse import quote

from django.http import Http404
from django.views import View

from apps.certificates.services import download_certificate, latest_file
from apps.core import clock
from apps.core.access import SIGNED_IN
from apps.core.errors import NotPermitted
from apps.documents.services import file_response
from apps.members.enums import MemberKind


class DownloadView(View):
    access = SIGNED_IN

    def get(self, request, certificate_id):
        try:
            certificate = download_certificate(actor=request.actor, certificate_id=certificate_id, now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        response = file_response(latest_file(certificate.file), "certificate.pdf")
        response["Content-Disposition"] = _disposition(certificate)
        return response


def _disposition(certificate) -> str:
    """Both names: plain ASCII for old programs, the Chinese one for all others."""
    membership = certificate.membership
    title = "执业会员证" if membership.kind == MemberKind.PRACTISING else "非执业会员证"
    plain = f"CICPA-certificate-{membership.number}.pdf"
    chinese = f"{title}-{certificate.statement['name']}.pdf"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(chinese, safe='')}"
