"""HTML templates to PDF: the one place that knows WeasyPrint."""

import mimetypes
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import translation
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BASE_URL = "portal://document/"
"""Not a real place: relative addresses in a template resolve here, and only static files answer."""

# WeasyPrint switches this on for the whole process; then half of a photo would be taken for a whole one.
ImageFile.LOAD_TRUNCATED_IMAGES = False

_local = threading.local()


class ForeignAddress(FatalURLFetchingError):
    """A template asked for something that is not our own: a mistake in the template, so printing stops."""


class OwnFilesOnly(URLFetcher):
    """Answers static files and `data:` addresses, never the network or the disk at large."""

    def fetch(self, url, headers=None):
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = unquote(urlsplit(url).path)
        if not url.startswith(BASE_URL.rsplit("/", 2)[0]) or not path.startswith(settings.STATIC_URL):
            raise ForeignAddress(f"a document may not load {url[:200]}")
        name = path.removeprefix(settings.STATIC_URL)
        return URLFetcherResponse(url, _static_file(name), {"Content-Type": mimetypes.guess_type(name)[0] or ""})


def render_pdf(
    template: str, context: dict, *, language: str, stylesheet: str = "", pdf_variant: str = "pdf/a-2u"
) -> bytes:
    """Print `template` in `language`. Pictures that belong to a person go in as `data:` addresses.

    `stylesheet` is a template without variables: read once a thread, where a document is printed often.
    """
    with translation.override(language):
        html = render_to_string(template, context)
    return HTML(string=html, base_url=BASE_URL, url_fetcher=OwnFilesOnly(fail_on_errors=True)).write_pdf(
        font_config=_font_configuration(),
        stylesheets=[_stylesheet(stylesheet)] if stylesheet else None,
        pdf_variant=pdf_variant,
    )


def _stylesheet(template: str) -> CSS:
    kept = _local.__dict__.setdefault("stylesheets", {})
    if template not in kept:
        kept[template] = CSS(string=render_to_string(template), font_config=_font_configuration())
    return kept[template]


def _font_configuration() -> FontConfiguration:
    """Kept for the thread: making one costs more than laying out a page, and it may not be shared."""
    if not hasattr(_local, "font_configuration"):
        _local.font_configuration = FontConfiguration()
    return _local.font_configuration


def _static_file(name: str) -> bytes:
    found = finders.find(name)
    if found:
        return Path(found).read_bytes()
    # With hashed names only the collected copy exists under the name that the template was given.
    with staticfiles_storage.open(name) as collected:
        return collected.read()
