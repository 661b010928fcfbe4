"""What other rooms may ask of associations."""

from apps.associations.services.bodies import load_reference_data
from apps.associations.services.invitations import FirstAdministratorExists, invite_officer, make_first_administrator
from apps.associations.services.leaves import cancel_leave, record_leave
from apps.associations.services.seats import end_seat, grant_seat, move_seat, review_seats

__all__ = [
    "FirstAdministratorExists",
    "cancel_leave",
    "end_seat",
    "grant_seat",
    "invite_officer",
    "load_reference_data",
    "make_first_administrator",
    "move_seat",
    "record_leave",
    "review_seats",
]
