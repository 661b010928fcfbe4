"""What other rooms may ask of associations."""

from apps.associations.services.bodies import load_reference_data
from apps.associations.services.invitations import FirstAdministratorExists, invite_officer, make_first_administrator
from apps.associations.services.seats import end_seat, grant_seat, move_seat, review_seats

__all__ = [
    "FirstAdministratorExists",
    "end_seat",
    "grant_seat",
    "invite_officer",
    "load_reference_data",
    "make_first_administrator",
    "move_seat",
    "review_seats",
]
