"""Where static files come from and how they are published."""

from pathlib import Path

import bootstrap_wrapper
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class BootstrapFinder(BaseFinder):
    """Of the Bootstrap wheel, the one file that pages load."""

    files = {"bootstrap/bootstrap.min.css": "bootstrap.min.css"}

    def __init__(self, *args, **kwargs):
        self.folder = Path(bootstrap_wrapper.get_bootstrap_css_dir())

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = str(self.folder / self.files[path]) if path in self.files else None
        return ([found] if found else []) if find_all else found

    def list(self, ignore_patterns):
        storage = FileSystemStorage(location=self.folder)
        storage.prefix = "bootstrap"
        for name in self.files.values():
            yield name, storage


class PublishedFiles(CompressedManifestStaticFilesStorage):
    """Names with the content's hash, a gzip copy beside each. Source maps are not published, so not looked for."""

    patterns = (
        (
            "*.css",
            (
                r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",
                (r"""(?P<matched>@import\s*["']\s*(?P<url>.*?)["'])""", """@import url("%(url)s")"""),
            ),
        ),
    )
