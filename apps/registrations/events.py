"""What practising registration tells the floors above.

Every payload is {"registration_id", "reference"}; no personal data.
"""

INVITED = "registration.invited"
DECLINED = "registration.declined"
CONFIRMED = "registration.confirmed"
SENT_BACK = "registration.sent_back"
FILED = "registration.filed"
GAPS_REQUESTED = "registration.gaps_requested"
GAPS_TOLD_AGAIN = "registration.gaps_told_again"
GAPS_REMINDED = "registration.gaps_reminded"
"""Also {"reminder_id"}."""
ACCEPTED = "registration.accepted"
EXTENDED = "registration.extended"
PROPOSED = "registration.proposed"
ADMITTED = "registration.admitted"
REFUSED = "registration.refused"
WITHDRAWN = "registration.withdrawn"
EXPIRED = "registration.expired"
