"""Pages travel compressed; files that the portal hands out (photos, PDF) are compressed by themselves already."""

from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Django's, for whole texts only: a download keeps its length, by which a phone shows how far it is.

    Against BREACH, which guesses a secret from the length of compressed pages: Django adds up to 100 random bytes to
    each, every page masks its form token anew, and a request from another site carries no session (SameSite=Lax).
    """

    def process_response(self, request, response):
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or not (kind.startswith("text/") or kind == "application/json"):
            return response
        return super().process_response(request, response)
