"""Where mail servers and gateways say what became of our messages."""

import hmac
import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from apps.core import clock
from apps.core.access import PUBLIC
from apps.mail.enums import MessageState
from apps.mail.services import record_outcome, record_report

REPORTED = {MessageState.DELIVERED, MessageState.BOUNCED}


@method_decorator(csrf_exempt, name="dispatch")
class ReportView(View):
    """POST a report as it came by mail (RFC 3464), or as JSON {"message": id, "state": "delivered" or "bounced"}.

    Who reports proves itself with `Authorization: Bearer <PORTAL_MAIL_REPORTS_SECRET>`; without that setting, or with
    a wrong word, the address does not exist.
    """

    access = PUBLIC

    def post(self, request):
        if not _is_trusted(request):
            raise Http404
        if request.content_type == "application/json":
            return self._outcome(request)
        return JsonResponse({"changed": record_report(request.body, now=clock.now())})

    def _outcome(self, request):
        try:
            told = json.loads(request.body)
            message_id, state = UUID(str(told["message"])), MessageState(told["state"])
        except (ValueError, KeyError, TypeError):
            return HttpResponse('{"message": "<id>", "state": "delivered"}\n', status=400, content_type="text/plain")
        if state not in REPORTED:
            return HttpResponse("state: delivered, bounced\n", status=400, content_type="text/plain")
        return JsonResponse({"changed": int(record_outcome(message_id, state, now=clock.now()))})


def _is_trusted(request) -> bool:
    wanted = f"Bearer {settings.MAIL_REPORTS_SECRET}"
    given = request.headers.get("Authorization", "")
    return bool(settings.MAIL_REPORTS_SECRET) and hmac.compare_digest(wanted.encode(), given.encode())
