"""What somebody was typing when the session ended: kept, sealed, for the same person on the same page.

The page carries a mark of who typed it, signed, because afterwards nobody can know. It is shown once, to that account
alone: who signs in next on this computer may be somebody else.
"""

import base64
import json

from django.core import signing
from django.http import QueryDict

from apps.core.encryption import open_for_portal, seal_for_portal

FIELD = "typed_by"
SESSION_KEY = SEAL = "core.kept_typing"
LONGEST = 64_000
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", FIELD})


class KeepsTyped:
    """A view whose page survives the end of a session: its form holds {% typist %}, and its GET asks `typed_before`."""

    keeps_typed = True

    def typed_before(self) -> QueryDict | None:
        return take_typing(self.request)


def typist_mark(user_id: int) -> str:
    return signing.dumps(user_id, salt=SEAL)


def keep_typing(request) -> bool:
    """Keep the form that a signed-out person has sent. False where it does not say who typed it, or is too long."""
    try:
        user_id = signing.loads(request.POST.get(FIELD, ""), salt=SEAL)
    except signing.BadSignature:
        return False
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    text = json.dumps({"path": request.path, "user_id": user_id, "typed": typed}).encode()
    if len(text) > LONGEST:
        return False
    request.session[SESSION_KEY] = base64.b64encode(seal_for_portal(text, SEAL)).decode()
    return True


def take_typing(request) -> QueryDict | None:
    """What this account typed on this page, handed over once; nobody else's, and it goes with whoever else comes."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return None
    kept = json.loads(open_for_portal(base64.b64decode(sealed), SEAL))
    is_own = kept["user_id"] == request.actor.user_id
    if is_own and kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    if not is_own:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        data.setlist(name, values)
    return data
