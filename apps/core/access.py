"""Who may open an address. Every view declares it; a view that declares nothing does not answer at all.

class HomeView(TemplateView):
    access = PUBLIC

class WorkListView(ListView):
    access = Staff(Permission.REVIEW_APPLICATION)
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Public:
    """Anybody, signed in or not."""


@dataclass(frozen=True)
class SignedIn:
    """Anybody with an account; the view narrows to what is theirs."""


@dataclass(frozen=True)
class Staff:
    """Somebody who holds `permission` in at least one seat (any seat, where it is None) and has used the second factor.

    Others get 404; those who have not used the second factor yet are asked for it.
    """

    permission: str | None = None
    or_permission: str | None = None
    """Of the national body, where `permission` reaches no further than the own association."""


@dataclass(frozen=True)
class Holder:
    """Somebody with a seat at an outside body of this kind (a firm) who has used the second factor; others as above."""

    body: str


PUBLIC = Public()
SIGNED_IN = SignedIn()
ANY_STAFF = Staff()

Access = Public | SignedIn | Staff | Holder
