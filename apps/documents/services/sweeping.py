"""Bytes whose row never came, because the worker died or the transaction was undone: removed after a day."""

import logging
import re
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from apps.documents.models import StoredFile

OUR_FOLDER, OUR_FILE = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{38}")
"""As `unguessable_path` names them: nothing else in the storage is touched."""
AGE = timedelta(days=1)
"""Far longer than a transaction lasts: until then a row may still come."""
MANY = 20
"""So many, and more than the files that have rows: that is another day's database, not a worker that died."""

logger = logging.getLogger(__name__)


def sweep_files(*, now: datetime) -> int:
    """Remove what no row tells of; returns how many. Twice at once does no harm."""
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    return sum(_sweep(folder, now) for folder in folders if OUR_FOLDER.fullmatch(folder))


def _sweep(folder: str, now: datetime) -> int:
    present = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1] if OUR_FILE.fullmatch(name)}
    known = set(StoredFile.objects.filter(path__startswith=f"{folder}/").values_list("path", flat=True))
    left = [path for path in present - known if default_storage.get_modified_time(path) < now - AGE]
    if len(left) > max(MANY, len(known)):
        logger.error("%s files without a row in %s: is this the right database? Nothing is removed", len(left), folder)
        return 0
    for path in left:
        default_storage.delete(path)
    return len(left)
