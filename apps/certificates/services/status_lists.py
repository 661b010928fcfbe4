"""Signed status lists: made when somebody asks, kept for a minute. verify/README.md publishes their layout."""

import gzip
import struct
from datetime import datetime, timedelta

from django.conf import settings

from apps.certificates.selectors.status_lists import LIST_SIZE, last_list_number, list_bits
from apps.certificates.services.status_cache import keep_list, kept_list
from apps.certificates.services.token_keys import active_signer

FORMAT = 1
MAGIC = b"CPSL"
SIGNED_AS = b"CICPA status list 1\n"


def signed_status_list(number: int, *, now: datetime) -> bytes | None:
    """The list, compressed, at most a minute old as a rule; None where there is none of this number.

    Where many ask at once one process makes it; the others hand out the one before meanwhile.
    """
    if kept := kept_list(number, now=now):
        return kept
    if number < 1 or number > last_list_number():
        return None
    content = make_status_list(number, now=now)
    keep_list(number, content, now=now)
    return content


def make_status_list(number: int, *, now: datetime) -> bytes:
    """Read, signed and compressed. The same content gives the same bytes: no file name, no time of compression."""
    signer, next_update = active_signer(now=now), now + timedelta(hours=settings.STATUS_LIST_HOURS)
    key_id, seconds = bytes.fromhex(signer.row.key_id), (int(now.timestamp()), int(next_update.timestamp()))
    head = struct.pack(">4sB4sHQQI", MAGIC, FORMAT, key_id, number, *seconds, LIST_SIZE)
    body = head + list_bits(number, now=now)
    return gzip.compress(body + signer.sign(SIGNED_AS + body), compresslevel=6, mtime=0)
