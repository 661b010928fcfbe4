"""Static files (sources only, nothing built) and stored files."""

from pathlib import Path

from cicpa_portal.settings.mode import BASE_DIR, DATA_DIR, TESTING, env

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("PORTAL_STATIC", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Packages bring many files that no page loads; only our sources and the one file of Bootstrap are published.
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "cicpa_portal.static_sources.BootstrapFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING
            else "cicpa_portal.static_sources.PublishedFiles"
        )
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CLAMD = env.str("PORTAL_CLAMD", "")
"""A virus scanner's address, as in clamd:3310; without one uploads are only taken apart and made anew."""
CERTIFICATES_IN_ONE_PASS = env.bool("PORTAL_CERTIFICATES_IN_ONE_PASS", True)
"""The fast way to make certificates; False makes each by WeasyPrint and pyHanko. Both make the same page."""
