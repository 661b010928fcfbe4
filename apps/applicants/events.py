"""What the joining process tells the floors above.

Every payload is {"application_id", "reference"}; no personal data.
"""

SUBMITTED = "application.submitted"
CORRECTION_REQUESTED = "application.correction_requested"
CORRECTION_ANSWERED = "application.correction_answered"
AGREED = "application.agreed"
REFUSED = "application.refused"
SENT = "application.sent"
RETURNED = "application.returned"
CONFIRMED = "application.confirmed"
WITHDRAWN = "application.withdrawn"
EXPIRED = "application.expired"
