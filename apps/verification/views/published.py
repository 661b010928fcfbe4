"""What anybody may fetch, keep and check with: the public keys and the status lists. Nothing of it is about people."""

import gzip
import hashlib

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views import View

from apps.certificates.selectors import evidence_of, original_sha256, published_keys
from apps.certificates.services import TokenKeyMissing, published_roots, signed_status_list
from apps.core import clock
from apps.core.access import PUBLIC

FOR_ANYBODY = {"Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}


class KeysView(View):
    access = PUBLIC

    def get(self, request):
        keys = published_keys(now=clock.now()) | {"roots": published_roots()}
        return JsonResponse(keys, headers=FOR_ANYBODY)


class StatusListView(View):
    access = PUBLIC

    def get(self, request, number):
        try:
            content = signed_status_list(number, now=clock.now())
        except TokenKeyMissing as error:
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
        if content is None:
            raise Http404
        response = _as_accepted(content, request)
        patch_vary_headers(response, ["Accept-Encoding"])
        return get_conditional_response(request, etag=response["ETag"], response=response)


class EvidenceView(View):
    """By the hash of a file: only whoever has the file knows it, and the evidence tells no more than it and a time."""

    access = PUBLIC

    def get(self, request, sha256):
        evidence = evidence_of(original_sha256(sha256))
        if evidence is None:
            raise Http404
        response = JsonResponse(evidence, headers=FOR_ANYBODY)
        response["Content-Disposition"] = 'attachment; filename="certificate.stamp.json"'
        return response


def _as_accepted(content: bytes, request) -> HttpResponse:
    """Compressed as it is kept, or plain for the few who cannot read that."""
    headers, etag = dict(FOR_ANYBODY), hashlib.sha256(content).hexdigest()[:32]
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers |= {"Content-Encoding": "gzip", "ETag": f'"{etag}-gzip"'}
    else:
        content, headers["ETag"] = gzip.decompress(content), f'"{etag}"'
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
